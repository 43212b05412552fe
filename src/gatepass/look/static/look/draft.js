// Keeps a half-typed form in this browser, for this person, and offers it back. Cleared once the form was taken.
import { each, words } from './page.js';

const person = document.body.dataset.person;
const SENT = 'gatepass draft sent';
const place = (name) => `gatepass draft ${person} ${name}`;
const skipped = (input) => !input.name || ['_key', 'csrfmiddlewaretoken'].includes(input.name) || ['file', 'password'].includes(input.type)
  || input.value.startsWith('data:image/');

function typed(form) {
  return [...form.elements].filter((input) => !skipped(input) && !input.matches('button')).map((input) => [
    input.name, ['checkbox', 'radio'].includes(input.type) ? (input.checked ? input.value : null) : input.value,
  ]).filter(([, value]) => value !== null);
}

function restore(form, kept) {
  const grids = [...form.querySelectorAll('[data-grid]')];
  const missing = () => kept.some(([name]) => /-\d+-/.test(name) && !form.elements[name]);
  for (const grid of grids) {
    for (let tries = 0; tries < 500 && missing(); tries += 1) grid.dispatchEvent(new CustomEvent('grid:add', { detail: {} }));
  }
  for (const input of form.elements) {
    if (skipped(input)) continue;
    const values = kept.filter(([name]) => name === input.name).map(([, value]) => value);
    if (['checkbox', 'radio'].includes(input.type)) input.checked = values.includes(input.value);
    else if (values.length) [input.value] = values;
  }
  form.dispatchEvent(new Event('change', { bubbles: true }));
}

function offer(form, name, kept) {
  const line = document.createElement('p');
  line.className = 'draft';
  line.setAttribute('role', 'status');
  const text = document.createElement('span');
  text.textContent = words('上次没填完的还在。', 'What you had typed before is still here.');
  const take = document.createElement('button');
  take.type = 'button';
  take.textContent = words('接着填', 'Go on with it');
  take.addEventListener('click', () => { restore(form, kept); line.remove(); });
  const drop = document.createElement('button');
  drop.type = 'button';
  drop.textContent = words('不要了', 'Drop it');
  drop.addEventListener('click', () => { localStorage.removeItem(place(name)); line.remove(); });
  line.append(text, take, drop);
  form.prepend(line);
}

// Taken, if the next page says that something was saved, or is no refusal and shows the form no more.
function settle() {
  const name = sessionStorage.getItem(SENT);
  if (!name) return;
  const again = document.querySelector(`form[data-draft="${CSS.escape(name)}"], [data-refused]`);
  if (again && !document.querySelector('[data-saved]')) return;
  sessionStorage.removeItem(SENT);
  localStorage.removeItem(place(name));
}

function start(form) {
  const name = form.dataset.draft;
  const fresh = JSON.stringify(typed(form));
  let timer = 0;
  const kept = localStorage.getItem(place(name));
  if (kept && kept !== fresh && !('faulty' in form.dataset)) offer(form, name, JSON.parse(kept));
  const keep = () => {
    clearTimeout(timer);
    timer = setTimeout(now, 400);
  };
  form.addEventListener('input', keep);
  form.addEventListener('change', keep);
  const now = () => {
    clearTimeout(timer);
    timer = 0;
    localStorage.setItem(place(name), JSON.stringify(typed(form)));
  };
  // A page that is closed in the middle of a word keeps that word too.
  addEventListener('pagehide', () => { if (timer) now(); });
  form.addEventListener('submit', () => {
    now();
    sessionStorage.setItem(SENT, name);
  });
}

try {
  if (person) { settle(); each('form[data-draft]', start); }
} catch { /* a browser that keeps nothing: the form works without */ }
