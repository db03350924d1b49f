/**
 * Find or do: Ctrl K (Cmd K) on any layout, or a press on the search field. The list is the server's:
 * links and one-button forms with role="option"; here they are only walked and pressed.
 */
import { $, $$, place, say } from './page.js';

const palette = $('#palette');
const field = palette && $('[role="combobox"]', palette);
const WAIT = 120;
let timer = 0;
let asked = null;

const options = () => $$('[role="option"]', palette);

const choose = (step, from = options()) => {
  if (!from.length) { field.removeAttribute('aria-activedescendant'); return; }
  const at = from.findIndex((option) => option.ariaSelected === 'true');
  const to = step === 0 ? 0 : (at + step + from.length) % from.length;
  if (at >= 0) from[at].ariaSelected = 'false';
  from[to].ariaSelected = 'true';
  from[to].scrollIntoView({ block: 'nearest' });
  field.setAttribute('aria-activedescendant', from[to].id);
};

const ask = async () => {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const query = new URLSearchParams({ q: field.value, from: location.pathname });
  try {
    const answer = await fetch(`${palette.dataset.url}?${query}`, { signal, headers: { 'HX-Request': 'true' }, credentials: 'same-origin' });
    if (answer.status === 401) { location.reload(); return; }
    if (!answer.ok) return;
    const html = await answer.text();
    if (signal.aborted) return;
    place(html);
    field.dataset.listed = query.get('q');
    choose(0);
    if (field.value) say($('#palette-list').dataset.said ?? '');
  } catch (error) {
    if (error.name !== 'AbortError') say(document.body.dataset.textOffline ?? '');
  }
};

const soon = () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); };

/** Enter waits for the list of what is typed now, so that it never does what stood there before. */
const enter = async () => {
  clearTimeout(timer);
  if (field.dataset.listed !== field.value) await ask();
  const chosen = options().find((option) => option.ariaSelected === 'true');
  if (chosen) chosen.click(); else field.form.submit();
};

export const open = (words = '') => {
  if (!palette || palette.open) return;
  if (words) field.value = words;
  palette.showModal();
  field.focus();
  field.select();
  ask();
};

if (palette) {
  palette.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); choose(step); }
    if (event.key === 'Enter' && event.target === field) { event.preventDefault(); enter(); }
  });
  field.addEventListener('input', soon);
  palette.addEventListener('pointermove', (event) => {
    const option = event.target.closest('[role="option"]');
    if (!option || option.ariaSelected === 'true') return;
    for (const other of options()) other.ariaSelected = 'false';
    option.ariaSelected = 'true';
    field.setAttribute('aria-activedescendant', option.id);
  });
  // A press beside the sheet closes it, and so does a link that may lead to a place of this very page.
  palette.addEventListener('click', (event) => { if (event.target === palette || event.target.closest('a[href]')) palette.close(); });
  const finder = $('[data-find]');
  finder?.addEventListener('pointerdown', (event) => { event.preventDefault(); open(finder.value); });
}

document.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.code !== 'KeyK') return;
  if (!palette) return;
  event.preventDefault();
  if (palette.open) palette.close(); else if (!$('dialog[open]')) open();
});
