// The sentence of a clause beside its chip, on hover and on focus. Enter opens the clause, for the chip is a link.
const card = document.getElementById('card');
const known = new Map();
let shown = null;
let waiting = 0;

async function sentence(address) {
  if (!known.has(address)) {
    const answer = await fetch(address, { headers: { 'HX-Request': 'true' } });
    known.set(address, answer.ok ? await answer.text() : '');
  }
  return known.get(address);
}

function place(chip) {
  const box = chip.getBoundingClientRect();
  const wide = card.offsetWidth;
  const high = card.offsetHeight;
  const below = box.bottom + 6 + high < innerHeight || box.top < high + 6;
  card.style.left = `${Math.max(12, Math.min(box.left, document.documentElement.clientWidth - wide - 12)) + scrollX}px`;
  card.style.top = `${(below ? box.bottom + 6 : box.top - high - 6) + scrollY}px`;
}

async function show(chip) {
  shown = chip;
  const text = await sentence(chip.dataset.card).catch(() => '');
  if (shown !== chip || !text.trim()) return;
  card.innerHTML = text;
  card.hidden = false;
  chip.setAttribute('aria-describedby', 'card');
  place(chip);
}

function hide() {
  clearTimeout(waiting);
  shown?.removeAttribute('aria-describedby');
  shown = null;
  card.hidden = true;
}

if (card) {
  const chipOf = (event) => (event.target instanceof Element ? event.target.closest('[data-card]') : null);
  document.addEventListener('pointerover', (event) => {
    const chip = chipOf(event);
    if (event.pointerType !== 'mouse') return;
    if (chip && chip !== shown) { hide(); waiting = setTimeout(show, 250, chip); }
    if (!chip && !card.contains(event.target)) hide();
  });
  document.addEventListener('focusin', (event) => {
    const chip = chipOf(event);
    hide();
    if (chip?.matches(':focus-visible')) show(chip);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !card.hidden) { hide(); event.stopImmediatePropagation(); }
  }, true);
  addEventListener('scroll', hide, { passive: true, capture: true });
}
