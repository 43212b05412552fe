// What every module asks of the page: its language, its moment, and work on what htmx brings in later.
export const english = document.documentElement.lang.startsWith('en');
export const words = (zh, en) => (english ? en : zh);

// The server's clock counts, in the demo it is another day: the difference is taken once, when the page arrives.
const served = Date.parse(document.documentElement.dataset.now);
const skew = Number.isNaN(served) ? 0 : served - Date.now();
export const now = () => Date.now() + skew;

// Calls `work(element)` once for every match, now and in whatever htmx swaps in.
export function each(selector, work) {
  const seen = new WeakSet();
  const visit = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) {
      if (!seen.has(element)) { seen.add(element); work(element); }
    }
  };
  visit(document.body);
  document.addEventListener('htmx:load', (event) => visit(event.detail.elt));
  document.addEventListener('look:added', (event) => visit(event.target));
}

// Says something to screen readers, politely.
export function announce(text) {
  const place = document.getElementById('announce');
  if (place) place.textContent = text;
}

export function typing(target) {
  return target instanceof Element && Boolean(target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]'));
}
