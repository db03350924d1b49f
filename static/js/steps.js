/**
 * A form of a page with forms that save themselves takes its step only after what was typed a moment ago is kept:
 * sent beside its own saving, a form would clash with itself, and another one would leave the last words behind.
 */
import { $$ } from './page.js';

const [waiting, ready] = [new WeakSet(), new WeakSet()];
addEventListener('submit', async (event) => {
  const form = event.target;
  const typed = $$('form[data-autosave]').map((one) => one.saving).filter((one) => one && !one.stopped && (one.busy || one.changed.size));
  if (ready.delete(form) || !typed.length || form.hasAttribute('hx-post') || form.method !== 'post' || 'forget' in form.dataset) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (waiting.has(form)) return;
  waiting.add(form);
  const kept = await Promise.all(typed.map((one) => one.flush()));
  waiting.delete(form);
  if (!typed.every((one, n) => kept[n] || one.form === form)) return;
  ready.add(form);
  form.requestSubmit(event.submitter);
}, true);
