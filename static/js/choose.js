/**
 * A client chosen by a part of the name or by the code: <input data-choose="address">. The lines are the server's,
 * role="option" with data-words; here they are only walked and taken. Without this the exact words are typed.
 */
import { $, $$, say } from './page.js';

const WAIT = 150;

class Choosing {
  constructor(field) {
    this.field = field;
    this.taken = field.value;
    this.list = document.createElement('div');
    this.list.id = `${field.id}-list`;
    this.list.role = 'listbox';
    this.list.ariaLabel = field.labels[0]?.textContent ?? '';
    this.box = document.createElement('div');
    this.box.className = 'choose';
    this.box.hidden = true;
    this.box.append(this.list);
    field.after(this.box);
    field.role = 'combobox';
    field.ariaAutoComplete = 'list';
    field.ariaExpanded = 'false';
    field.setAttribute('aria-controls', this.list.id);
    field.addEventListener('input', () => this.soon());
    field.addEventListener('keydown', (event) => this.key(event));
    field.addEventListener('blur', () => this.close());
    // The field keeps the focus, so that a press on a line is not the end of the list.
    this.box.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => this.take(event.target.closest('[role="option"]')));
  }

  options() { return $$('[role="option"]', this.list); }
  chosen() { return this.options().find((option) => option.ariaSelected === 'true'); }
  isOpen() { return !this.box.hidden; }

  choose(option) {
    for (const other of this.options()) other.ariaSelected = String(other === option);
    if (!option) { this.field.removeAttribute('aria-activedescendant'); return; }
    option.scrollIntoView({ block: 'nearest' });
    this.field.setAttribute('aria-activedescendant', option.id);
  }

  step(by) {
    const from = this.options();
    const at = from.indexOf(this.chosen());
    this.choose(from[at < 0 && by < 0 ? from.length - 1 : (at + by + from.length) % from.length]);
  }

  take(option) {
    if (!option) return;
    this.field.value = this.taken = option.dataset.words;
    this.close();
    this.field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.box.hidden = true;
    this.field.ariaExpanded = 'false';
    this.field.removeAttribute('aria-activedescendant');
  }

  soon() {
    this.taken = '';
    clearTimeout(this.timer);
    if (this.field.value.trim()) this.timer = setTimeout(() => this.ask(), WAIT); else this.close();
  }

  /** Show the lines for what is typed now; one that was overtaken by more typing shows nothing. */
  async ask() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const query = new URLSearchParams({ q: this.field.value });
    try {
      const answer = await fetch(`${this.field.dataset.choose}?${query}`, { signal, headers: { 'HX-Request': 'true' }, credentials: 'same-origin' });
      const html = answer.ok ? await answer.text() : '';
      // Whoever is signed out or offline is told when the form is sent, with everything still in it.
      if (signal.aborted) return;
      if (!html) { this.close(); return; }
      this.show($('[data-said]', new DOMParser().parseFromString(html, 'text/html')), query.get('q'));
    } catch (error) {
      if (error.name !== 'AbortError') this.close();
    }
  }

  show(part, words) {
    this.list.replaceChildren(...$$('[role="option"]', part));
    this.options().forEach((option, at) => { option.id = `${this.list.id}-${at}`; });
    // What is no line to choose stands below them, not among them.
    this.box.replaceChildren(this.list, ...$$('.said', part));
    this.listed = words;
    this.box.hidden = false;
    this.list.hidden = !this.options().length;
    this.field.ariaExpanded = String(!this.list.hidden);
    this.box.scrollIntoView({ block: 'nearest' });
    this.choose(words.trim() ? this.options()[0] : undefined);
    say(part.dataset.said);
  }

  /** Enter takes the first line of what is typed now, never of what stood there before. */
  async enter() {
    if (!this.isOpen() || this.listed !== this.field.value) await this.ask();
    if (this.listed === this.field.value) this.take(this.chosen());
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      if (this.isOpen()) this.step(by); else this.ask();
    } else if (event.key === 'Enter' && (this.isOpen() ? this.chosen() : this.field.value.trim() && this.field.value !== this.taken)) {
      event.preventDefault();
      this.enter();
    } else if (event.key === 'Escape' && this.isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}

for (const field of $$('[data-choose]')) new Choosing(field);
