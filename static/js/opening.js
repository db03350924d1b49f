/** "Opened by the client": told once, after a touch of a person, from a page that is really seen. Mail robots do neither. */
import { $, post } from './page.js';

const place = $('[data-opening-url]');
const SIGNS = ['pointerdown', 'keydown', 'touchstart', 'wheel'];

const tell = () => {
  if (document.visibilityState !== 'visible') return;
  for (const sign of SIGNS) removeEventListener(sign, tell);
  post(place.dataset.openingUrl, new FormData(), { keepalive: true }).catch(() => {});
};

if (place) for (const sign of SIGNS) addEventListener(sign, tell, { passive: true });
