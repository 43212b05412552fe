// To-do rows: arrows move the selection, Enter does what the selected row asks. Only the selected row has the filled button.
import { each, typing } from './page.js';

function select(rows, row, focus) {
  for (const one of rows) {
    one.classList.toggle('sel', one === row);
    if (one === row) one.setAttribute('aria-current', 'true');
    else one.removeAttribute('aria-current');
  }
  if (focus) { row.focus({ preventScroll: true }); row.scrollIntoView({ block: 'nearest' }); }
}

// The selected row is taller: while the pointer is held down nothing moves, or its button would slip away before it is let go.
let held = false;
function follow() {
  const row = document.activeElement?.closest('[data-rows] [data-row]');
  if (row && !held && !row.classList.contains('sel')) select([...document.querySelectorAll('[data-rows] [data-row]')], row, false);
}

each('[data-rows]', (list) => list.addEventListener('focusin', follow));
addEventListener('pointerdown', () => { held = true; }, true);
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => setTimeout(() => { held = false; follow(); }), true);

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (typing(event.target) || document.querySelector('dialog[open]')) return;
  const rows = [...document.querySelectorAll('[data-rows] [data-row]')];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.classList.contains('sel'));
  const on = event.target.closest?.('a, button, summary');
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    const next = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)));
    select(rows, rows[next], true);
  } else if (event.key === 'Enter' && !on && at >= 0) {
    event.preventDefault();
    rows[at].querySelector('[data-act]')?.click();
  } else if (event.key === 'F2' && at >= 0) {
    event.preventDefault();
    rows[at].querySelector('[data-note]')?.click();
  } else if (event.key === 'ArrowRight' && at >= 0) {
    rows[at].querySelector('.cd-why')?.click();
  }
});
