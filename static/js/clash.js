/** What a form that saves itself shows when its words were not taken: both versions, or a sentence beside the field. */
import { $, $$, say } from './page.js';
import { drop } from './drafts.js';

/** Show both versions (or, from a whole page, what it says) and wait until the person decides. */
export const conflict = (saving, html) => {
  saving.stopped = true;
  const answer = new DOMParser().parseFromString(html, 'text/html');
  const part = answer.querySelector('#conflict');
  saving.show(part ? 'Conflict' : 'Stopped');
  $('#conflict')?.remove();
  const shown = part ? document.importNode(part, true) : document.createElement('p');
  if (!part) Object.assign(shown, { id: 'conflict', className: 'box', tabIndex: -1, textContent: $$('h1, h1 + div > p', answer).map((line) => line.textContent).join('. ') });
  saving.form.before(shown);
  shown.addEventListener('click', (event) => settle(saving, event.target.closest('[data-take]')));
  shown.focus();
};

const settle = (saving, button) => {
  if (!button) return;
  if (button.dataset.take === 'theirs') {
    for (const name of saving.changed) drop(saving.page, name);
    location.reload();
    return;
  }
  if (saving.form.elements.version) saving.form.elements.version.value = button.dataset.version;
  $('#conflict').remove();
  saving.stopped = false;
  saving.later(0);
};

/** Say beside the field why it was not taken. */
export const refused = (saving, { field, sentence }) => {
  saving.show('Refused');
  const input = field && saving.form.elements[field];
  if (!input?.id || !sentence) return;
  const id = `${input.id}-error`;
  const line = document.getElementById(id) ?? input.insertAdjacentElement('beforebegin', document.createElement('p'));
  Object.assign(line, { id, className: 'error', textContent: sentence });
  line.dataset.fromAutosave = '';
  input.setAttribute('aria-invalid', 'true');
  say(sentence);
};

/** Take such sentences away again. */
export const clear = (form) => {
  for (const line of $$('[data-from-autosave]', form)) line.remove();
  for (const input of $$('[aria-invalid]', form)) input.removeAttribute('aria-invalid');
};
