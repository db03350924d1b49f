/** A file field that shows what was chosen and takes what is dropped on it. */
import { $, $$ } from './page.js';

const size = (bytes) => {
  const unit = bytes < 1e6 ? 'kilobyte' : 'megabyte';
  const amount = bytes < 1e6 ? Math.max(1, Math.round(bytes / 1e3)) : bytes / 1e6;
  return new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit, maximumFractionDigits: 1 }).format(amount);
};

const list = (input, place) => place.replaceChildren(...[...input.files].map((file) => {
  const row = document.createElement('li');
  row.textContent = `${file.name}, ${size(file.size)}`;
  return row;
}));

for (const zone of $$('[data-files]')) {
  const input = $('input[type=file]', zone);
  const place = $('[data-files-list]', zone);
  if (!input || !place) continue;
  input.addEventListener('change', () => list(input, place));
  zone.addEventListener('dragover', (event) => { event.preventDefault(); zone.classList.add('over'); });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('over');
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; list(input, place); }
  });
}
