/** Hands on the keyboard: J and K walk rows, letters press buttons, Ctrl Enter is the main button. */
import { $, $$, typing } from './page.js';

const shown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const letter = (event) => (event.code.startsWith('Key') ? event.code.slice(3) : '');
let going = -Infinity;

const walk = (step) => {
  const rows = $$('[data-walk] > li').filter(shown);
  if (!rows.length) return false;
  const at = rows.findIndex((row) => row.classList.contains('at'));
  const row = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
  rows[at]?.classList.remove('at');
  row.classList.add('at');
  $('a, button', row)?.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
  return true;
};

const press = (key) => {
  const named = (root) => $$(`[data-key="${key}"], [data-key="${key.toLowerCase()}"]`, root).filter(shown);
  const row = $('[data-walk] > li.at');
  // The chosen row comes first, then what is of the whole page; never another row.
  const button = row ? named(row)[0] ?? named(document).find((one) => !one.closest('[data-walk]')) : named(document)[0];
  button?.click();
  return Boolean(button);
};

const main = (target) => {
  const near = target instanceof Element ? target.closest('form, dialog, section') : null;
  const button = (near && $$('[data-main], .btn.main', near).find(shown)) || $$('main [data-main], main .btn.main').find(shown);
  button?.click();
  return Boolean(button);
};

const go = (key) => {
  const link = $$('[data-go]').find((item) => item.dataset.go.toUpperCase() === key);
  link?.click();
  return Boolean(link);
};

const single = (event) => {
  const key = letter(event);
  if (event.key === '?' || (event.code === 'Slash' && event.shiftKey)) { $('#keys')?.showModal(); return true; }
  if (key === 'J') return walk(1);
  if (key === 'K') return walk(-1);
  if (key === 'Z') { $('[data-undo]')?.click(); return true; }
  if (event.timeStamp - going < 1000 && key) { going = -Infinity; return go(key); }
  if (key === 'G') { going = event.timeStamp; return true; }
  return key ? press(key) : false;
};

document.addEventListener('keydown', (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === 'Enter') { if (main(event.target)) event.preventDefault(); return; }
  if (event.key === 'Escape') for (const menu of $$('details[data-menu][open]')) menu.open = false;
  if (command || event.altKey || typing(event.target) || document.body.dataset.keys === 'off' || $('dialog[open]')) return;
  if (single(event)) event.preventDefault();
});

document.addEventListener('click', (event) => {
  for (const menu of $$('details[data-menu][open]')) if (!menu.contains(event.target)) menu.open = false;
});

// Browsers older than the invoker commands still open and close dialogs by the same attributes.
if (!('commandForElement' in HTMLButtonElement.prototype)) {
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('button[commandfor]');
    const dialog = button && document.getElementById(button.getAttribute('commandfor'));
    if (!dialog) return;
    if (button.getAttribute('command') === 'show-modal') dialog.showModal(); else dialog.close();
  });
}
