// A pad of letters and digits for a field: no input method, no small keys. Without scripts the field is typed as any other.
import { each } from './page.js';

function start(pad) {
  const field = document.getElementById(pad.dataset.pad);
  field.inputMode = 'none';
  pad.hidden = false;
  pad.addEventListener('click', (event) => {
    const key = event.target.closest('button');
    if (!key) return;
    const { value } = field;
    field.value = key.value ? (value + key.value).slice(-field.maxLength) : value.slice(0, -1);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

each('[data-pad]', start);
