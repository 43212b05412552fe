// Shortcuts, declared on the elements they press: data-key="alt+n". Rest while an input method composes; bare keys never while typing.
import { typing } from './page.js';

const NAMES = { ' ': 'space', Escape: 'esc', Enter: 'enter', ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

export function pressed(event) {
  const key = NAMES[event.key] ?? event.key.toLowerCase();
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push('ctrl');
  if (event.altKey) parts.push('alt');
  if (event.shiftKey && key.length > 1) parts.push('shift');
  return [...parts, key].join('+');
}

// The one to press: in an open dialog only what is in it; else the form that is typed in first; nothing hidden.
export function holder(key) {
  const dialog = document.querySelector('dialog[open]');
  const root = dialog ?? document;
  const found = [...root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter((one) => dialog || !one.closest('[hidden]'));
  const form = document.activeElement?.closest('form');
  return found.find((one) => form && one.closest('form') === form) ?? found.find((one) => !one.disabled);
}

const written = (key) => key.split('+').map((part) => ({
  ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift', enter: '↵', left: '←', right: '→', esc: 'Esc', pageup: 'PgUp', pagedown: 'PgDn',
}[part] ?? part.toUpperCase())).join(' ');

export function listKeys() {
  const dialog = document.getElementById('keys');
  const list = dialog.querySelector('[data-keys-list]');
  list.replaceChildren();
  const listed = new Set();
  for (const one of document.querySelectorAll('[data-key]')) {
    if (listed.has(one.dataset.key)) continue;
    listed.add(one.dataset.key);
    const term = document.createElement('dt');
    const key = document.createElement('kbd');
    key.textContent = written(one.dataset.key);
    term.append(key);
    const what = document.createElement('dd');
    const text = one.cloneNode(true);
    text.querySelectorAll('kbd, svg').forEach((part) => part.remove());
    what.textContent = one.dataset.keyLabel ?? one.getAttribute('aria-label') ?? text.textContent.trim();
    list.append(term, what);
  }
  dialog.querySelector('[data-keys-rows]').hidden = !document.querySelector('[data-rows]');
  dialog.querySelector('[data-keys-grid]').hidden = !document.querySelector('[data-grid]');
  dialog.showModal();
}

function back() {
  if (location.hash === '#menu') { location.hash = '#content'; return; }
  const links = document.querySelectorAll('a[data-back]');
  if (links.length) links[links.length - 1].click();
}

document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-keys]')) listKeys();
});

// A link to #note, #... of a form means that one wants to type there.
const wanted = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
if (wanted && wanted.matches('input, textarea, select')) wanted.focus();

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.repeat) return;
  const key = pressed(event);
  const bare = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (bare && (typing(event.target) || /^[a-z]$/i.test(event.key))) return;
  if (key === 'esc') {
    if (document.querySelector('dialog[open]')) return;
    if (typing(event.target)) { event.target.blur(); return; }
    back();
    return;
  }
  const one = holder(key);
  if (!one) return;
  event.preventDefault();
  if (one.matches('input:not([type=submit]), textarea, select')) one.focus();
  else one.click();
});
