// The command bar: Ctrl K, type, arrows, Enter; Ctrl Enter opens in a new tab. Without scripts the link leads to the page of search.
import { words } from './page.js';

const dialog = document.getElementById('palette');
const input = dialog?.querySelector('.q');
const list = document.getElementById('palette-list');
let asked = 0;
let timer = 0;
let place = '/search';

const options = () => [...list.querySelectorAll('[role="option"]')];

function choose(option) {
  for (const one of options()) one.setAttribute('aria-selected', String(one === option));
  if (!option) { input.removeAttribute('aria-activedescendant'); return; }
  input.setAttribute('aria-activedescendant', option.id);
  option.scrollIntoView({ block: 'nearest' });
}

function draw(groups) {
  list.replaceChildren();
  let number = 0;
  for (const group of groups) {
    if (!group.items.length) continue;
    const part = document.createElement('div');
    part.setAttribute('role', 'group');
    part.setAttribute('aria-label', group.title);
    const title = document.createElement('div');
    title.className = 'g';
    title.textContent = group.title;
    part.append(title);
    for (const item of group.items) {
      const link = document.createElement('a');
      link.href = item.href;
      link.id = `found-${number += 1}`;
      link.tabIndex = -1;
      link.setAttribute('role', 'option');
      const label = document.createElement('b');
      label.className = 'regular';
      label.textContent = item.label;
      const hint = document.createElement('span');
      hint.textContent = item.hint ?? '';
      link.append(label, hint);
      part.append(link);
    }
    list.append(part);
  }
  choose(options()[0]);
  dialog.querySelector('[data-none]').hidden = Boolean(number) || !input.value.trim();
}

async function ask() {
  const mine = asked += 1;
  try {
    const answer = await fetch(`${place}?q=${encodeURIComponent(input.value.trim())}`, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const found = await answer.json();
    if (mine === asked) draw(found.groups ?? found);
  } catch {
    if (mine === asked) draw([{ title: words('现在找不了，请稍后再试', 'Search does not answer, try again'), items: [] }]);
  }
}

function go(option, elsewhere) {
  if (!option) return;
  if (elsewhere) window.open(option.href, '_blank', 'noopener');
  else location.assign(option.href);
}

if (dialog) {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('[data-palette]') : null;
    if (link && !event.ctrlKey && !event.metaKey && !event.button) {
      event.preventDefault();
      place = new URL(link.href).pathname;
      if (!dialog.open) dialog.showModal();
      input.select();
      ask();
    } else if (event.target === dialog) dialog.close();
  });
  input.addEventListener('input', (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener('compositionend', () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const all = options();
    const at = all.findIndex((one) => one.getAttribute('aria-selected') === 'true');
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose(all[(at + (event.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length]);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      dialog.close();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(all[at], event.ctrlKey || event.metaKey);
    }
  });
}
