// Keeps countdowns going: every 30 seconds words, bar and level. Same rules as gatepass.look.countdowns.
import { announce, each, english, now, words } from './page.js';

const MINUTE = 60000;

export function level(due, opened, at) {
  const left = due - at;
  if (left <= 0) return 'over';
  if (left <= 15 * MINUTE) return 'red';
  const term = opened ? due - opened : null;
  const warned = term !== null && term < 120 * MINUTE ? term / 2 : 60 * MINUTE;
  return left <= warned ? 'amber' : 'calm';
}

export function span(milliseconds) {
  const minutes = Math.floor(milliseconds / MINUTE);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const rest = minutes % 60;
  if (minutes < 1) return words('不到 1 分', 'under 1 min');
  if (days) return words(`${days} 天`, `${days} d`) + (hours ? words(` ${hours} 小时`, ` ${hours} h`) : '');
  const two = String(rest).padStart(2, '0');
  if (hours) return words(`${hours} 小时 ${two} 分`, `${hours} h ${two} min`);
  return words(`${rest} 分`, `${rest} min`);
}

function said(level, left, what) {
  const subject = what ? `${what}${words('：', ': ')}` : '';
  if (level === 'over') return subject + words('已超时', 'overdue');
  return subject + words(`还剩 ${left}`, `${left} left`);
}

const clocks = new Set();

function tick(clock) {
  if (!clock.isConnected) { clocks.delete(clock); return; }
  const due = Date.parse(clock.dataset.due);
  const opened = clock.dataset.opened ? Date.parse(clock.dataset.opened) : null;
  const at = now();
  const left = due - at;
  const becomes = level(due, opened, at);
  const was = [...clock.classList].find((name) => name !== 'cd');
  const late = span(-left);
  const text = left > 0 ? span(left) : english ? `${late} late` : `超时 ${late}`;
  const shown = clock.querySelector('b');
  if (shown.textContent !== text) shown.textContent = text;
  const used = left <= 0 ? 100 : opened && due > opened ? Math.max(0, Math.min(100, Math.round(100 * (1 - left / (due - opened))))) : 0;
  clock.querySelector('rect')?.setAttribute('width', used);
  if (was === becomes) return;
  clock.classList.replace(was, becomes);
  announce(said(becomes, text, clock.dataset.what));
}

each('.cd[data-due]', (clock) => clocks.add(clock));
setInterval(() => clocks.forEach(tick), 30000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) clocks.forEach(tick); });
