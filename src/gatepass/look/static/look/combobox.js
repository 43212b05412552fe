// A combobox that asks its source: type, arrows, Enter; Esc leaves what was chosen; F4 lists without typing.
import { announce, each, words } from './page.js';

let open = null;

function start(box) {
  const input = box.querySelector('[role="combobox"]');
  const value = box.querySelector('input[type="hidden"]');
  const list = box.querySelector('[role="listbox"]');
  const state = { box, input, value, list, timer: 0, asked: 0, shown: input.value, items: [] };
  input.addEventListener('input', (event) => { if (!event.isComposing) typed(state); });
  input.addEventListener('compositionend', () => typed(state));
  input.addEventListener('keydown', (event) => keyed(state, event));
  input.addEventListener('blur', () => setTimeout(() => left(state), 120));
  input.addEventListener('click', () => { if (!input.value) ask(state, 0); });
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) take(state, Number(option.dataset.at));
  });
}

function typed(state) {
  if (state.value.value) change(state, '');
  ask(state, 150);
}

// What is typed but not chosen stays to be seen, and counts as nothing chosen.
function left(state) {
  close(state);
  if (!state.input.value.trim()) change(state, '');
}

function change(state, value) {
  if (state.value.value === value) return;
  state.value.value = value;
  state.value.dispatchEvent(new Event('change', { bubbles: true }));
}

function ask(state, wait) {
  clearTimeout(state.timer);
  state.timer = setTimeout(async () => {
    const mine = state.asked += 1;
    const { source, beside } = state.box.dataset;
    const asked = new URLSearchParams({ q: state.input.value.trim() });
    if (beside) asked.set(beside, state.input.form?.elements[beside]?.value ?? '');
    const address = `${source}${source.includes('?') ? '&' : '?'}${asked}`;
    try {
      const answer = await fetch(address, { headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(String(answer.status));
      const items = await answer.json();
      if (mine === state.asked && document.activeElement === state.input) draw(state, items);
    } catch {
      announce(words('候选取不到，请再试', 'No answer, try again'));
    }
  }, wait);
}

function draw(state, items) {
  if (open && open !== state) close(open);
  state.items = items;
  state.list.replaceChildren(...items.map((item, number) => {
    const option = document.createElement('li');
    option.setAttribute('role', 'option');
    option.id = `${state.list.id}-${number}`;
    option.dataset.at = number;
    const label = document.createElement('b');
    label.className = 'regular';
    label.textContent = item.label;
    const hint = document.createElement('span');
    hint.textContent = item.hint ?? '';
    option.append(label, hint);
    return option;
  }));
  if (!items.length) {
    const none = document.createElement('li');
    none.className = 'none';
    none.textContent = state.box.dataset.none;
    state.list.append(none);
    announce(state.box.dataset.none);
  }
  state.list.hidden = false;
  const space = innerHeight - state.input.getBoundingClientRect().bottom;
  state.list.classList.toggle('up', space < state.list.offsetHeight + 8 && state.input.getBoundingClientRect().top > space);
  state.input.setAttribute('aria-expanded', 'true');
  open = state;
  mark(state, items.length ? 0 : -1);
}

function mark(state, at) {
  state.at = at;
  [...state.list.children].forEach((option, number) => {
    if (option.role !== 'option' && option.getAttribute('role') !== 'option') return;
    option.setAttribute('aria-selected', String(number === at));
    if (number === at) option.scrollIntoView({ block: 'nearest' });
  });
  if (at >= 0) state.input.setAttribute('aria-activedescendant', `${state.list.id}-${at}`);
  else state.input.removeAttribute('aria-activedescendant');
}

// `by`: the key that took it; Tab goes on by itself.
function take(state, at, by) {
  const item = state.items[at];
  if (!item) return;
  state.input.value = item.shown ?? item.label;
  state.shown = state.input.value;
  change(state, item.value);
  close(state);
  state.box.dispatchEvent(new CustomEvent('combobox:chosen', { bubbles: true, detail: { ...item, by } }));
}

function close(state) {
  clearTimeout(state.timer);
  state.asked += 1;
  state.list.hidden = true;
  state.input.setAttribute('aria-expanded', 'false');
  state.input.removeAttribute('aria-activedescendant');
  if (open === state) open = null;
}

function keyed(state, event) {
  if (event.isComposing || event.keyCode === 229) return;
  const showing = !state.list.hidden;
  const many = state.items.length;
  if (event.key === 'F4' || (event.key === 'ArrowDown' && event.altKey)) {
    event.preventDefault();
    if (showing) close(state); else ask(state, 0);
  } else if (showing && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    event.stopPropagation();
    if (many) mark(state, (state.at + (event.key === 'ArrowDown' ? 1 : -1) + many) % many);
  } else if (showing && event.key === 'Enter' && !event.ctrlKey && state.at >= 0) {
    event.preventDefault();
    event.stopPropagation();
    take(state, state.at);
  } else if (showing && event.key === 'Tab' && state.at >= 0 && state.input.value.trim()) {
    take(state, state.at, 'Tab');
  } else if (showing && event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    close(state);
  } else if (event.key === 'Enter' && !event.ctrlKey && !state.box.closest('[data-grid]')) {
    event.preventDefault();
  }
}

each('[data-combobox]', start);
