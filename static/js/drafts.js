/** Unsent text of one's own, kept in this browser by person, page and field until the server has it. */
const SPACE = 'agency:';
const SENT = 'agency-sent';
const person = () => document.body.dataset.person ?? '';
const name = (page, field) => `${SPACE}${person()}:${page}:${field}`;

/** Keep what was typed, with the version of the record it was typed over. */
export const keep = (page, field, value, version) => {
  try { localStorage.setItem(name(page, field), JSON.stringify({ value, version, at: Date.now() })); } catch { /* full or refused: the field itself still holds it */ }
};

export const kept = (page, field) => {
  try { return JSON.parse(localStorage.getItem(name(page, field))); } catch { return null; }
};

/** Drop a draft, but only if it still is what was saved. */
export const drop = (page, field, value) => {
  const draft = kept(page, field);
  if (draft && (value === undefined || draft.value === value)) localStorage.removeItem(name(page, field));
};

/** Forget everything of everybody on this browser: on the way out. */
export const forget = () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(SPACE)) localStorage.removeItem(key);
};

/** The form is on its way by an ordinary submit: its drafts go once another page arrives, not before. */
export const leaving = (page, fields) => sessionStorage.setItem(SENT, JSON.stringify(fields.map((field) => name(page, field))));

const arrived = performance.getEntriesByType('navigation')[0]?.type === 'navigate';
if (arrived) for (const key of JSON.parse(sessionStorage.getItem(SENT) ?? '[]')) localStorage.removeItem(key);
sessionStorage.removeItem(SENT);

document.addEventListener('submit', (event) => { if (event.target.matches('[data-forget]')) forget(); });
