// Within a page: fills the form of a command as somebody might, and tells afterwards what stands in it.
([way, seed, today]) => {
  const form = [...document.querySelectorAll('main form[method=post], form[method=post]')].find((one) => one.elements._key && !one.dataset.remind);
  if (!form) return null;
  form.noValidate = true;
  const nasty = {empty: '', long: '甲乙丙丁戊己庚辛壬癸'.repeat(40), negative: '-7', exponent: '1e5', digits: '9'.repeat(20), invisible: '\u200b\u2060',
    wide: '１２３', markup: `"'<b id=mark>x</b>&amp;`, far: '9999-12-31', past: '0001-01-01'};
  let state = seed;
  const draw = (many) => { state = (state * 48271) % 2147483647; return state % many; };
  const plausible = (one) => {
    const said = `${one.name} ${one.labels?.[0]?.textContent ?? ''}`.toLowerCase();
    if (one.type === 'date') return today;
    if (one.type === 'datetime-local') return `${today}T09:30`;
    if (one.type === 'time') return '09:30';
    if (one.type === 'month') return today.slice(0, 7);
    if (/phone|电话|手机/.test(said)) return '13800138000';
    if (/date|日期|哪天/.test(said)) return today;
    if (one.type === 'number' || one.inputMode === 'numeric' || one.inputMode === 'decimal') return ['1', '2', '5', '10'][draw(4)];
    return `试填 ${draw(1000)}`;
  };
  const choose = async (box) => {
    const hidden = form.elements[box.name.replace(/__shown$/, '')];
    if (!hidden || hidden.value || way === 'empty') return;
    if (way !== 'plausible' && draw(3) === 0) { box.value = nasty[way] || '没有'; return; }
    const rows = await (await fetch(`${box.closest('[data-source]').dataset.source}?q=`)).json();
    if (rows.length) { const row = rows[draw(Math.min(rows.length, 5))]; hidden.value = row.value; box.value = row.label; }
  };
  const fill = (one) => {
    if (one.type === 'checkbox') { one.checked = draw(2) === 0; return; }
    if (one.type === 'radio') { one.checked ||= draw(2) === 0; return; }
    if (one.tagName === 'SELECT') {
      const named = [...one.options].filter((option) => option.value);
      if (way !== 'empty' && named.length) one.value = named[draw(named.length)].value;
      return;
    }
    const dates = one.type.startsWith('date');
    if (way === 'plausible') one.value ||= plausible(one);
    else if (dates && (way === 'far' || way === 'past')) one.value = nasty[way] + (one.type === 'date' ? '' : 'T23:59');
    else if (!dates && !['far', 'past'].includes(way)) one.value = nasty[way];
    else one.value ||= plausible(one);
  };
  return (async () => {
    const rows = new Set();
    for (const one of [...form.elements]) {
      const row = /-(\d+)-/.exec(one.name);
      if (!one.name || one.name.startsWith('_') || one.name.startsWith('csrf') || (row && Number(row[1]) > 1)) continue;
      if (['hidden', 'submit', 'button', 'file'].includes(one.type) || one.tagName === 'BUTTON' || one.readOnly || one.disabled) continue;
      if (one.name.endsWith('__shown')) await choose(one); else fill(one);
      if (row) rows.add(row[1]);
    }
    const typed = [...new FormData(form).entries()].filter(([name, value]) => typeof value === 'string' && value.trim() && !name.startsWith('_') && !name.startsWith('csrf'));
    const secret = [...form.elements].filter((one) => one.type === 'password').map((one) => one.name);
    setTimeout(() => form.requestSubmit(form.querySelector('button:not([type=button]):not([formaction])') ?? undefined), 0);
    return typed.filter(([name]) => !secret.includes(name));
  })();
}
