// The clock in the top bar.
import { each, english, now } from './page.js';

const zone = document.documentElement.dataset.zone;
const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
const parts = new Intl.DateTimeFormat(english ? 'en-GB' : 'zh-CN', { timeZone: zone, month: english ? 'short' : 'numeric', day: 'numeric', weekday: 'short' });

export const clock = (moment) => time.format(moment);

function day(moment) {
  const found = Object.fromEntries(parts.formatToParts(moment).map((part) => [part.type, part.value]));
  return english ? `${found.weekday} ${found.day} ${found.month}` : `${found.month}月${found.day}日 ${found.weekday}`;
}

each('[data-clock]', (element) => {
  const tick = () => {
    const moment = new Date(now());
    const text = element.dataset.clock === 'short' ? time.format(moment) : `${day(moment)} ${time.format(moment)}`;
    if (element.textContent !== text) element.textContent = text;
  };
  setInterval(tick, 5000);
});
