/** What every script needs: finding, saying, posting. */
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Read one sentence aloud to a screen reader. */
export const say = (text) => { const live = $('#live'); if (live) live.textContent = text; };

/** A sentence in the reader's language; the server puts them on <body data-text-…>. */
export const text = (name, values = {}) => Object.entries(values).reduce(
  (sentence, [key, value]) => sentence.replace(`{${key}}`, value), document.body.dataset[`text${name}`] ?? '');

export const csrf = () => $('meta[name="csrf-token"]')?.content ?? '';

/** POST a form's data; the answer is never followed to a sign-in page. */
export const post = (url, body, options = {}) => fetch(url, {
  method: 'POST', body, redirect: 'manual', credentials: 'same-origin', ...options,
  headers: { 'X-CSRF-Token': csrf(), 'X-Part': '1', ...options.headers },
});

/** Put each element of an answer in the place of the one with the same id. */
export const place = (html) => {
  const parsed = new DOMParser().parseFromString(`<body>${html}</body>`, 'text/html');
  for (const part of $$('body > [id]', parsed)) {
    const old = document.getElementById(part.id);
    if (!old) continue;
    const fresh = document.importNode(part, true);
    old.replaceWith(fresh);
    window.htmx?.process(fresh);
  }
};

export const typing = (target) => target instanceof Element && target.closest('input, textarea, select, [contenteditable]');
