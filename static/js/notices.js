/** A notice that is opened has been read; the link itself stays an ordinary link. */
import { $$, post } from './page.js';

for (const link of $$('a[data-reads]')) {
  const read = () => post(link.dataset.reads, new FormData(), { keepalive: true });
  link.addEventListener('click', read);
  link.addEventListener('auxclick', (event) => { if (event.button === 1) read(); });
}
