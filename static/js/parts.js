/** htmx: its requests carry the token, and what it swaps in is announced and may be focused. */
import { $, csrf, say } from './page.js';

document.addEventListener('htmx:config:request', (event) => { event.detail.ctx.request.headers['X-CSRF-Token'] = csrf(); });

document.addEventListener('htmx:after:swap', () => {
  const alert = $('[data-errors]');
  if (alert) alert.focus();
});

let tried = 0;
document.addEventListener('htmx:error', () => { if (!tried++) say(document.body.dataset.textOffline ?? ''); });
document.addEventListener('htmx:after:request', () => { tried = 0; });

$('[data-errors]')?.focus();

for (const link of document.querySelectorAll('a[data-back]')) {
  link.addEventListener('click', (event) => { if (history.length > 1) { event.preventDefault(); history.back(); } });
}
