// The entry of an order: a chosen customer brings his strip and his last order; that order fills the grid.
import { announce, words } from '../look/page.js';

const form = document.getElementById('entry');
const address = form?.elements.address;
let shown = form?.elements.customer.value ?? '';

function caller() {
  const customer = form.elements.customer.value;
  if (customer === shown) return;
  if (shown) address.value = '';
  shown = customer;
  const asked = new URLSearchParams({ customer, address: address.value });
  window.htmx.ajax('GET', `/orders/new/caller?${asked}`, { target: '#caller', swap: 'innerHTML' });
}

const rows = () => [...form.querySelectorAll('[data-grid] tbody tr')];
const cell = (row, name) => row.querySelector(`[name$="-${name}"]`);

function empty() {
  const free = rows().find((row) => !cell(row, 'product').value && !cell(row, 'product__shown').value.trim() && !cell(row, 'cartons').value.trim());
  if (free) return free;
  const event = new CustomEvent('grid:add', { detail: {} });
  form.querySelector('[data-grid]').dispatchEvent(event);
  return event.detail.row;
}

// Products that stand in the grid already are left as they are.
function asLast() {
  const there = new Set(rows().map((row) => cell(row, 'product').value).filter(Boolean));
  let filled = 0;
  for (const line of form.querySelectorAll('[data-last-line]')) {
    if (there.has(line.dataset.product) || line.dataset.cartons === '0') continue;
    const row = empty();
    cell(row, 'product').value = line.dataset.product;
    cell(row, 'product__shown').value = line.dataset.shown;
    cell(row, 'cartons').value = line.dataset.cartons;
    filled += 1;
  }
  form.querySelector('[data-grid]').dispatchEvent(new Event('change', { bubbles: true }));
  announce(words(`照上次填了 ${filled} 行`, `${filled} lines filled as last time`));
  const first = rows().find((row) => cell(row, 'cartons').value);
  if (first) { cell(first, 'cartons').focus(); cell(first, 'cartons').select(); }
}

if (form) {
  if (matchMedia('(max-width: 640px)').matches) rows().filter((row) => !row.querySelector('input[value]:not([value=""])')).slice(1).forEach((row) => row.remove());
  form.addEventListener('change', (event) => {
    if (event.target.matches('[data-address]')) address.value = event.target.value;
    caller();
  });
  // What the server says of each row has come: its doubtful rows are those that F8 finds.
  document.addEventListener('htmx:afterSettle', () => {
    rows().forEach((row) => row.classList.toggle('doubt', !row.classList.contains('bad') && row.querySelector('[data-doubt]') !== null));
    form.querySelector('[data-grid]').dispatchEvent(new Event('grid:count'));
  });
  form.addEventListener('click', (event) => { if (event.target.closest('[data-last]')) asLast(); });
  // After a customer is chosen the first product comes next; the mouse is not needed.
  form.addEventListener('combobox:chosen', (event) => {
    if (event.detail.by === 'Tab') return;
    const row = event.target.closest('tr');
    const next = row ? cell(row, 'cartons') : cell(rows()[0], 'product__shown');
    next.focus();
    next.select();
  });
  if (!form.elements.customer.value) form.elements.customer__shown?.focus();
}
