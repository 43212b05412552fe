// Says when the connection is gone, since when, and what that means.
import { now, words } from './page.js';

function show() {
  const off = !navigator.onLine;
  for (const sync of document.querySelectorAll('[data-online]')) {
    sync.classList.toggle('off', off);
    sync.querySelector('[data-online-yes]').hidden = off;
    sync.querySelector('[data-online-no]').hidden = !off;
  }
  const line = document.querySelector('[data-offline]');
  if (!line) return;
  if (off && line.hidden) {
    const time = new Date(now()).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: document.documentElement.dataset.zone });
    line.querySelector('[data-offline-since]').textContent = words(`${time} 起断网。`, `Offline since ${time}.`);
  }
  line.hidden = !off;
}
addEventListener('online', show);
addEventListener('offline', show);
show();
