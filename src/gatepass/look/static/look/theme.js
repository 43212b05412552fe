// Light, dark or as the system: without a new page, and without a flash, for the server writes the theme into <html>.
document.addEventListener('submit', (event) => {
  const form = event.target.closest('[data-theme-switch]');
  const wished = event.submitter?.value;
  if (!form || !wished) return;
  event.preventDefault();
  document.documentElement.dataset.theme = wished;
  const body = new FormData(form);
  body.set('theme', wished);
  fetch(form.action, { method: 'POST', body, redirect: 'manual' });
  form.querySelector(`[data-when="${wished}"]`)?.focus();
});
