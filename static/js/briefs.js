/** Writing a brief: tables grow, a phrase of the letter becomes a requirement, Alt and an arrow go from part to part. */
import { $, $$ } from './page.js';
import { kept } from './drafts.js';

/** One more empty line under the last, its inputs named by the next number. */
const grow = (table) => {
  const last = table.tBodies[0].rows[table.tBodies[0].rows.length - 1];
  const fresh = last.cloneNode(true);
  const next = table.tBodies[0].rows.length;
  for (const input of $$('[name]', fresh)) {
    input.value = '';
    input.name = input.name.replace(/^r\d+/, `r${next}`);
    input.id = input.id.replace(/-r\d+-/, `-r${next}-`);
    input.setAttribute('aria-label', input.getAttribute('aria-label').replace(/\d+$/, String(next + 1)));
  }
  last.after(fresh);
  return fresh;
};

/** Words typed into lines that the server has not seen come back with their lines. */
const restore = (table) => {
  const form = table.closest('form');
  const page = `${location.pathname}#${form.id}`;
  const columns = $$('[name]', table.tBodies[0].rows[0]).map((input) => input.name.replace(/^r\d+-/, ''));
  const held = (row) => columns.some((column) => kept(page, `r${row}-${column}`)?.value);
  for (let row = table.tBodies[0].rows.length; row < 100 && held(row); row = table.tBodies[0].rows.length) {
    for (const input of $$('[name]', grow(table))) {
      const draft = kept(page, input.name);
      if (!draft?.value) continue;
      input.value = draft.value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
};

for (const table of $$('table[data-rows]')) {
  restore(table);
  table.addEventListener('input', (event) => {
    const rows = table.tBodies[0].rows;
    if (rows.length < 100 && event.target.closest('tr') === rows[rows.length - 1]) grow(table);
  });
}

for (const form of $$('form[data-steers]')) form.addEventListener('change', () => form.requestSubmit());

document.addEventListener('selectionchange', () => {
  const chosen = getSelection();
  const letter = chosen?.anchorNode?.parentElement?.closest('[data-letter]');
  const words = String(chosen ?? '').trim();
  if (letter && words.length > 2) document.getElementById(letter.dataset.into).value = words;
});

document.addEventListener('keydown', (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || !['ArrowDown', 'ArrowUp'].includes(event.code)) return;
  const parts = $$('[data-part]').filter((part) => part.offsetParent);
  const here = parts.indexOf(document.activeElement?.closest('[data-part]'));
  const next = parts[here + (event.code === 'ArrowDown' ? 1 : -1)];
  const input = next && $('form[id] :is(textarea, select, input:not([type="hidden"]))', next);
  if (!input) return;
  event.preventDefault();
  input.focus();
});
