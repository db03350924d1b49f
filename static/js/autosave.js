/**
 * Forms that save themselves: <form data-autosave [data-autosave-url]>.
 * Sent besides the form: `changed`, the names of what was typed, and `was-<name>`, what stood there before.
 * Answers: 2xx JSON {version, saved, stands} or parts of the page by id; 409 the conflict fragment; 422 JSON {field, sentence}.
 */
import { $, $$, place, post, say, text } from './page.js';
import { clear, conflict, refused } from './clash.js';
import { drop, keep, kept, leaving } from './drafts.js';

const [PAUSE, AGAIN] = [700, 5_000];
const SKIPPED = ['hidden', 'file', 'submit', 'button', 'password'];
const LOUD = ['Offline', 'Conflict', 'Refused', 'Failed', 'SignedOut', 'Stopped', 'Restored'];
const now = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });

class Saving {
  constructor(form) {
    this.form = form;
    this.page = location.pathname + (form.id ? `#${form.id}` : '');
    this.changed = new Set();
    this.stands = new Map();
    this.busy = false;
    form.addEventListener('input', (event) => this.typed(event.target));
    form.addEventListener('change', (event) => { this.typed(event.target); this.later(0); });
    form.addEventListener('submit', () => this.leave());
    form.addEventListener('formdata', (event) => this.note(event.formData));
    addEventListener('online', () => this.later(0));
    this.restore();
  }

  fields() { return $$('input[name], textarea[name], select[name]', this.form).filter((field) => !SKIPPED.includes(field.type)); }
  value(name) { return new FormData(this.form).getAll(name).join('\n'); }
  /** What stood in a field when it was last read; undefined when that is not known. */
  was(name) { return this.stands.has(name) ? this.stands.get(name) : this.form.elements[name]?.defaultValue; }

  /** What others wrote meanwhile comes into the fields that nobody types into here. */
  hear(stands, sent) {
    for (const [name, value] of Object.entries(stands)) {
      const field = this.form.elements[name];
      this.stands.set(name, value);
      if (field && !sent.has(name) && !this.changed.has(name)) field.value = value;
    }
  }

  version() { return this.form.elements.version?.value ?? ''; }

  show(state, values) {
    const outside = this.form.id ? $(`[data-save-state][data-of="${this.form.id}"]`) : null;
    const target = $('[data-save-state]', this.form) ?? outside ?? $('[data-save-state]') ?? document.createElement('i');
    if (target.dataset.saveState !== state.toLowerCase() && LOUD.includes(state)) say(text(state, values));
    target.textContent = text(state, values);
    target.dataset.saveState = state.toLowerCase();
  }

  typed(field) {
    if (!field.name || SKIPPED.includes(field.type)) return;
    this.changed.add(field.name);
    keep(this.page, field.name, this.value(field.name), this.version());
    if (this.stopped) return;
    this.show('Unsaved');
    this.later(PAUSE);
  }

  /** The whole form goes by an ordinary submit: nothing is saved beside it any more, or it would clash with itself. */
  leave() {
    clearTimeout(this.timer);
    leaving(this.page, this.sent = [...this.changed]);
    this.changed.clear();
  }

  /** What stood in each field that was typed into goes along, so that only what somebody else wrote is a clash. */
  note(body, names = this.sent ?? []) {
    for (const name of names) { const was = this.was(name); if (was !== undefined) body.append(`was-${name}`, was); }
    this.sent = [];
  }

  later(pause) {
    clearTimeout(this.timer);
    if (this.changed.size && !this.stopped) this.timer = setTimeout(() => this.save(), pause);
  }

  restore() {
    for (const field of this.fields()) {
      const draft = kept(this.page, field.name);
      if (!draft || field.type === 'checkbox' || field.type === 'radio') continue;
      if (draft.value === field.value) { drop(this.page, field.name); continue; }
      field.value = draft.value;
      if (draft.version && this.form.elements.version) this.form.elements.version.value = draft.version;
      this.changed.add(field.name);
      this.stands.set(field.name, undefined);
    }
    if (this.changed.size) { this.show('Restored'); this.later(PAUSE); }
  }

  /** Save what waits, now; answers whether everything is kept. */
  async flush() {
    clearTimeout(this.timer);
    if (this.busy) await this.going;
    if (this.changed.size && !this.stopped) await this.save();
    clearTimeout(this.timer);
    return !this.changed.size && !this.stopped;
  }

  save() {
    if (this.busy) this.later(PAUSE);
    else if (this.changed.size) this.going = this.send();
    return this.going;
  }

  async send() {
    const sent = new Map([...this.changed].map((name) => [name, this.value(name)]));
    const url = this.form.dataset.autosaveUrl || this.form.getAttribute('action') || location.pathname;
    this.busy = true;
    this.show('Saving');
    try {
      const body = new FormData(this.form);
      body.append('changed', [...sent.keys()].join(' '));
      this.note(body, sent.keys());
      await this.heard(await post(url, body, { headers: { 'X-Autosave': '1', Accept: 'application/json' } }), sent);
    } catch {
      this.show('Offline');
      this.later(AGAIN);
    } finally {
      this.busy = false;
    }
  }

  async heard(answer, sent) {
    const json = answer.headers.get('Content-Type')?.includes('json');
    if (answer.type === 'opaqueredirect' || answer.status === 401) { this.stopped = true; this.show('SignedOut'); return; }
    if (answer.status === 409 || answer.status === 403) { conflict(this, await answer.text()); return; }
    if (answer.status === 422) { refused(this, json ? await answer.json() : {}); return; }
    if (!answer.ok) { this.show('Failed'); this.later(AGAIN); return; }
    const body = answer.status === 204 ? '' : json ? await answer.json() : await answer.text();
    for (const [name, value] of sent) {
      drop(this.page, name, value);
      if (this.value(name) === value) this.changed.delete(name);
    }
    clear(this.form);
    if (json && body.version !== undefined && this.form.elements.version) this.form.elements.version.value = body.version;
    if (json && body.stands) this.hear(body.stands, sent);
    if (body && !json) place(body); else if (body?.parts) place(body.parts);
    this.show('Saved', { time: body?.saved ?? now() });
    this.later(PAUSE);
  }
}

const begin = (root = document) => { for (const form of $$('form[data-autosave]', root)) if (!form.saving) form.saving = new Saving(form); };
begin();
document.addEventListener('htmx:after:swap', () => begin());
addEventListener('beforeunload', (event) => { if ($$('form[data-autosave]').some((form) => form.saving?.changed.size && !navigator.onLine)) event.preventDefault(); });
