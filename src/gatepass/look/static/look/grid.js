// The order grid by keyboard: Tab and Enter walk, the last cell adds a row, F4 picks, F8 finds the next doubtful row, Ctrl D copies the
// row, Esc leaves. Arrows move up and down. Nothing happens while an input method composes.
import { announce, each, words } from './page.js';

const CELL = 'input:not([type="hidden"]), select';
const rowsOf = (table) => [...table.tBodies[0].rows];
const cellsOf = (row) => [...row.querySelectorAll(CELL)];
// Where the words of a cell stand: those that a server fills in hold an element of their own for it.
const inner = (cell) => cell.querySelector('[id]') ?? cell;
const filled = (row) => cellsOf(row).some((cell) => cell.value.trim());

function start(table) {
  const field = table.closest('fieldset, form');
  const grid = { table, template: field.querySelector('template[data-grid-row]'), next: rowsOf(table).length, state: field.querySelector('[data-grid-state]') };
  table.addEventListener('keydown', (event) => keyed(grid, event));
  table.addEventListener('paste', (event) => pasted(grid, event));
  table.addEventListener('change', () => count(grid));
  table.addEventListener('combobox:chosen', (event) => sure(grid, event.target.closest('tr')));
  table.addEventListener('click', (event) => {
    const button = event.target.closest('[data-grid-remove]');
    if (button) remove(grid, button.closest('tr'));
  });
  field.querySelector('[data-grid-add]')?.addEventListener('click', () => focus(add(grid), 0));
  field.querySelector('[data-grid-next]')?.addEventListener('click', () => doubtful(grid, null));
  table.addEventListener('grid:count', () => count(grid));
  table.addEventListener('grid:add', (event) => { event.detail.row = add(grid); });
  count(grid);
}

function add(grid, after) {
  const holder = document.createElement('tbody');
  holder.innerHTML = grid.template.innerHTML.replaceAll('__n__', String(grid.next));
  grid.next += 1;
  const row = holder.querySelector('tr');
  if (after) after.after(row);
  else grid.table.tBodies[0].append(row);
  row.dispatchEvent(new CustomEvent('look:added', { bubbles: true }));
  count(grid);
  return row;
}

function focus(row, column) {
  const cells = cellsOf(row);
  const cell = cells[Math.min(column, cells.length - 1)];
  cell?.focus();
  cell?.select?.();
}

function remove(grid, row) {
  const rows = rowsOf(grid.table);
  const at = rows.indexOf(row);
  if (rows.length === 1) add(grid);
  row.remove();
  focus(rowsOf(grid.table)[Math.max(0, Math.min(at, rows.length - 2))], 0);
  changed(grid);
}

// Who picks from the list has decided: the row is doubtful no more.
function sure(grid, row) {
  if (!row.classList.contains('doubt')) return;
  row.classList.remove('doubt');
  inner(row.querySelector('.hint-cell')).textContent = '';
  count(grid);
}

// Copies what stands in a row into a new one below it.
function copy(grid, row) {
  const made = add(grid, row);
  const from = row.querySelectorAll('input, select');
  made.querySelectorAll('input, select').forEach((one, number) => { one.value = from[number].value; });
  const given = row.querySelectorAll('.given');
  made.querySelectorAll('.given').forEach((one, number) => { inner(one).textContent = given[number].textContent.trim(); });
  focus(made, 0);
  changed(grid);
  announce(words('已复制一行', 'Row copied'));
}

function doubtful(grid, from) {
  const rows = rowsOf(grid.table);
  const start = from ? rows.indexOf(from) + 1 : 0;
  const next = [...rows.slice(start), ...rows.slice(0, start)].find((row) => row.classList.contains('doubt'));
  if (next) focus(next, 0);
  else announce(words('没有待确认的行', 'Nothing doubtful is left'));
}

function changed(grid) {
  count(grid);
  grid.table.dispatchEvent(new Event('change', { bubbles: true }));
}

function count(grid) {
  const lines = rowsOf(grid.table).filter(filled);
  const doubts = lines.filter((row) => row.classList.contains('doubt')).length;
  if (!grid.state) return;
  const text = words(`${lines.length} 行`, `${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`)
    + (doubts ? words(`，${doubts} 行待确认`, `, ${doubts} doubtful`) : '');
  if (grid.state.textContent !== text) grid.state.textContent = text;
}

function keyed(grid, event) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const cell = event.target.closest(CELL);
  const row = cell?.closest('tr');
  if (!row) return;
  const rows = rowsOf(grid.table);
  const at = rows.indexOf(row);
  const column = cellsOf(row).indexOf(cell);
  const last = at === rows.length - 1;
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
  const act = {
    Enter: () => plain && (last ? onward(grid, row) : focus(rows[at + 1], column)),
    Tab: () => plain && last && column === cellsOf(row).length - 1 && filled(row) && focus(add(grid), 0),
    ArrowDown: () => plain && cell.tagName !== 'SELECT' && !last && focus(rows[at + 1], column),
    ArrowUp: () => plain && cell.tagName !== 'SELECT' && at > 0 && focus(rows[at - 1], column),
    F4: () => plain && cell.getAttribute('role') !== 'combobox' && pick(row),
    F8: () => plain && doubtful(grid, row),
    d: () => event.ctrlKey && copy(grid, row),
    Delete: () => event.ctrlKey && remove(grid, row),
    Escape: () => leave(grid),
  }[event.key];
  if (!act || act() === false) return;
  event.preventDefault();
  event.stopPropagation();
}

// Enter in the last row: one more row, or out of the grid where the last is still empty.
function onward(grid, row) {
  if (filled(row)) focus(add(grid), 0);
  else leave(grid);
}

function leave(grid) {
  [...(grid.table.closest('form')?.elements ?? [])].find((one) => one.matches('[data-submit]'))?.focus();
}

function pick(row) {
  const box = row.querySelector('[role="combobox"]');
  if (!box) return false;
  box.focus();
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'F4', bubbles: true }));
  return true;
}

// A block copied from a spreadsheet fills rows and cells from here on; one value alone is pasted as usual.
function pasted(grid, event) {
  const text = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
  const cell = event.target.closest(CELL);
  if (!cell || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  let row = cell.closest('tr');
  const column = cellsOf(row).indexOf(cell);
  for (const line of text.split(/\r?\n/)) {
    line.split('\t').forEach((value, offset) => {
      const target = cellsOf(row)[column + offset];
      if (!target) return;
      target.value = value.trim();
      target.dispatchEvent(new Event('input', { bubbles: true }));
    });
    row = row.nextElementSibling ?? add(grid);
  }
  changed(grid);
}

each('[data-grid]', start);
addEventListener('keydown', (event) => {
  if (event.key !== 'F8' || event.isComposing || event.defaultPrevented) return;
  document.querySelector('[data-grid-next]')?.click();
});
