/**
 * A table of inputs walked by keyboard: <table data-grid>; totals stay live:
 * the form is posted to data-totals-url and each element of the answer takes the place of its namesake.
 */
import { $, $$, place, post } from './page.js';

const cells = (row) => $$('input, select, textarea', row).filter((field) => field.type !== 'hidden' && field.type !== 'checkbox');
const rowsOf = (grid) => $$('tbody tr', grid).filter((row) => cells(row).length);
const at = (field) => field.closest('td, th').cellIndex;
const inCell = (row, column) => row && cells(row).find((field) => at(field) === column);

const put = (field, value) => {
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
};

/** Move a row among its neighbours; the hidden "place" fields follow the new order. */
const shift = (row, step) => {
  const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other || !cells(other).length || other.parentElement !== row.parentElement) return;
  if (step < 0) other.before(row); else other.after(row);
  for (const [n, input] of $$('input[data-place]', row.parentElement).entries()) input.value = n + 1;
  cells(row)[0].dispatchEvent(new Event('change', { bubbles: true }));
};

const atEdge = (field, key) => {
  if (field.matches('select') || field.selectionStart === null) return false;
  const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  return whole || (key === 'ArrowLeft' ? field.selectionEnd === 0 : field.selectionStart === field.value.length);
};

const sideways = (grid, field, step) => {
  const all = rowsOf(grid).flatMap(cells);
  const next = all[all.indexOf(field) + step];
  if (next && next.closest('tr') === field.closest('tr')) { next.focus(); return true; }
  return false;
};

const key = (grid, event) => {
  const field = event.target;
  if (!field.matches('input, select, textarea') || !field.closest('td, th') || event.isComposing) return;
  const row = field.closest('tr');
  const rows = rowsOf(grid);
  const go = (step) => { const next = inCell(rows[rows.indexOf(row) + step], at(field)); next?.focus(); return Boolean(next); };
  const done = () => event.preventDefault();
  const vertical = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.altKey && vertical) { shift(row, vertical); field.focus(); done(); return; }
  if (event.ctrlKey && event.code === 'KeyD') { const above = inCell(rows[rows.indexOf(row) - 1], at(field)); if (above) put(field, above.value); done(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter' && !field.matches('textarea')) { go(event.shiftKey ? -1 : 1); done(); return; }
  if (vertical && !field.matches('select')) { if (go(vertical)) done(); return; }
  if (event.key === 'Escape' && field.dataset.was !== undefined) { if (field.value !== field.dataset.was) put(field, field.dataset.was); field.select?.(); done(); return; }
  const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (side && !event.shiftKey && atEdge(field, event.key) && sideways(grid, field, side)) done();
};

/** Ask the server for totals a moment after the last change; an older answer never overtakes a newer one. */
const live = (form) => {
  let timer; let running;
  const ask = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await post(form.dataset.totalsUrl, new FormData(form), { signal: running.signal });
      if (answer.ok) place(await answer.text());
    } catch { /* aborted or offline: autosave tells about the connection */ }
  };
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 250); });
  form.addEventListener('change', () => { clearTimeout(timer); timer = setTimeout(ask, 50); });
};

for (const grid of $$('[data-grid]')) {
  grid.addEventListener('focusin', (event) => {
    if (event.target.matches('input')) { event.target.dataset.was = event.target.value; event.target.select(); }
  });
  grid.addEventListener('keydown', (event) => key(grid, event));
}
for (const form of $$('form[data-totals-url]')) live(form);
if (innerWidth > 900) $('[data-focus]')?.focus({ preventScroll: true });
