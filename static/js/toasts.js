/** Flashed sentences leave after ten seconds, unless looked at; "undo" stays on the key Z. */
import { $, $$, say } from './page.js';

const STAY = 10_000;

const start = (toast) => {
  const close = $('[data-close]', toast);
  if (close) { close.hidden = false; close.addEventListener('click', () => toast.remove()); }
  say($('span', toast)?.textContent ?? '');
  if (toast.hasAttribute('data-stays')) return;
  let timer = setTimeout(() => toast.remove(), STAY);
  const hold = () => clearTimeout(timer);
  const go = () => { hold(); timer = setTimeout(() => toast.remove(), STAY); };
  toast.addEventListener('pointerenter', hold);
  toast.addEventListener('pointerleave', go);
  toast.addEventListener('focusin', hold);
  toast.addEventListener('focusout', go);
};

$$('[data-toast]').forEach(start);

/** Show a sentence from a script in the same place; one that stays has a button to close it. */
export const toast = (sentence, stays = false) => {
  const box = document.createElement('div');
  box.className = 'toast';
  box.dataset.toast = '';
  const words = document.createElement('span');
  words.textContent = sentence;
  box.append(words);
  if (stays) {
    const close = document.createElement('button');
    Object.assign(close, { type: 'button', textContent: '×', ariaLabel: document.body.dataset.textClose ?? '' });
    close.dataset.close = '';
    box.dataset.stays = '';
    box.append(close);
  }
  $('#toasts')?.append(box);
  start(box);
};
