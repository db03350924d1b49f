/** Light or dark: shown at once and kept in a cookie, so that the server sends the right page next time. */
import { $$, post } from './page.js';

const root = document.documentElement;

const turn = () => {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `theme=${root.dataset.theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
};

for (const button of $$('[data-theme-toggle]')) {
  button.hidden = false;
  button.addEventListener('click', turn);
}
for (const form of $$('[data-theme-form]')) form.addEventListener('submit', (event) => {
  event.preventDefault();
  turn();
  const choice = new FormData(form);
  choice.set('theme', root.dataset.theme);
  post(form.action, choice).catch(() => {});
});
