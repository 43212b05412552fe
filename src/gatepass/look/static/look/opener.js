// What stands behind a figure or a due moment opens in place: below its table row, else below its block. A second press closes it.
let count = 0;

function home(link) {
  const row = link.closest('tr');
  if (row) {
    const behind = document.createElement('tr');
    behind.className = 'behind';
    const cell = behind.insertCell();
    cell.colSpan = [...row.cells].reduce((sum, one) => sum + one.colSpan, 0);
    row.after(behind);
    return [behind, cell];
  }
  const behind = document.createElement('div');
  behind.className = 'behind';
  (link.closest('p, dd, li, .cd, [data-row]') ?? link).after(behind);
  return [behind, behind];
}

function close(link) {
  document.getElementById(link.getAttribute('aria-controls'))?.remove();
  link.setAttribute('aria-expanded', 'false');
  link.removeAttribute('aria-controls');
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-opens]') : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button || !window.htmx) return;
  event.preventDefault();
  if (link.getAttribute('aria-expanded') === 'true') { close(link); return; }
  const [outer, inner] = home(link);
  count += 1;
  outer.id = `behind-${count}`;
  inner.dataset.behind = '';
  link.setAttribute('aria-expanded', 'true');
  link.setAttribute('aria-controls', outer.id);
  const waiting = setTimeout(() => { if (!inner.textContent) inner.innerHTML = '<span class="skel"></span>'; }, 300);
  window.htmx.ajax('GET', link.href, { source: inner, target: inner, swap: 'innerHTML' }).finally(() => {
    clearTimeout(waiting);
    if (!inner.textContent.trim()) { close(link); location.assign(link.href); }
  });
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const outer = document.activeElement?.closest('.behind');
  const link = outer && document.querySelector(`[aria-controls="${outer.id}"]`);
  const open = link ?? document.activeElement?.closest('a[data-opens][aria-expanded="true"]');
  if (!open) return;
  close(open);
  open.focus();
  event.stopImmediatePropagation();
});
