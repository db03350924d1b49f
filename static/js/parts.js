/** htmx: its requests carry the token; a whole error page is never put into a part, its sentence is shown instead. */
import { $, $$, csrf, say, text } from './page.js';
import { toast } from './toasts.js';

document.addEventListener('htmx:config:request', (event) => { event.detail.ctx.request.headers['X-CSRF-Token'] = csrf(); });

const told = new Set();
const tell = (sentence) => { if (sentence && !told.has(sentence)) { told.add(sentence); toast(sentence, true); } };

document.addEventListener('htmx:after:request', (event) => {
  const { response, text: body } = event.detail.ctx;
  if (response.status < 400 || !/^\s*<!doctype/i.test(body)) { told.delete(text('Offline')); return; }
  event.preventDefault();
  const answer = new DOMParser().parseFromString(body, 'text/html');
  tell(response.status === 401 ? text('SignedOut') : $$('h1, h1 + div > p', answer).map((line) => line.textContent).join('. '));
});

document.addEventListener('htmx:error', () => tell(text('Offline')));

document.addEventListener('htmx:after:swap', (event) => {
  const part = event.detail.ctx?.target;
  const alert = part instanceof Element ? $('[data-errors]', part) : null;
  if (alert) alert.focus();
});

const wrong = $('[data-errors]');
if (wrong) { wrong.focus(); say(wrong.textContent.trim()); }

for (const link of $$('a[data-back]')) {
  link.addEventListener('click', (event) => { if (history.length > 1) { event.preventDefault(); history.back(); } });
}
