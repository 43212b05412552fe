// A form is sent once: a second press does nothing, and a page that comes back from the browser's cache gets a fresh key.
function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const buttons = (form) => document.querySelectorAll(`form[data-once] button:not([type="button"])${form.id ? `, button[form="${CSS.escape(form.id)}"]` : ''}`);

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('form[data-once]') || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
  for (const button of buttons(form)) if (button.form === form) button.setAttribute('aria-busy', 'true');
});

function renew(form) {
  delete form.dataset.sent;
  for (const button of buttons(form)) if (button.form === form) button.removeAttribute('aria-busy');
}

addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll('form[data-once]')) {
    renew(form);
    const hidden = form.querySelector('input[name="_key"]');
    if (hidden) hidden.value = key();
  }
});

// After an answer that htmx swapped in, the form may be sent again; the server wrote a new key if it made the form anew.
document.addEventListener('htmx:afterRequest', (event) => {
  const form = event.detail.elt.closest?.('form[data-once]');
  if (form) renew(form);
});
