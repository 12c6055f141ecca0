// A text file as lines that are written in, with problems at their numbers; where it has a form, as that.
// Answers what the grid answers. The field is a plain one: what people expect of it, undo and input methods
// too, the browser does.

import { Fault, ask, make, say } from "./parts.js";
import { Form } from "./form.js";

const QUIET = 300; // ms without a key before what was filled in is written into the text
const FORMED = /\/village\.yaml$/;

export class Lines {
  constructor(element, rows, changed, path) {
    Object.assign(this, { element, changed, path, wide: 1, heading: 0, marks: [], form: null, turn: 0, waiting: 0 });
    this.hasForm = FORMED.test(path);
    this.numbers = make("div.numbers", { ariaHidden: "true" });
    this.field = make("textarea", { spellcheck: false, wrap: "off", "aria-label": "这个文件的字，直接改" });
    this.field.value = rows.map((row) => row[0] + "\n").join("");
    this.field.addEventListener("input", () => {
      this.number();
      changed();
    });
    this.field.addEventListener("scroll", () => (this.numbers.scrollTop = this.field.scrollTop));
    this.toText();
    this.built = this.hasForm ? this.toForm() : Promise.resolve();
  }

  toText() {
    this.form = null;
    this.turn += 1; // what is still being written is for a form that is gone
    clearTimeout(this.waiting);
    this.element.replaceChildren(this.numbers, this.field);
    this.number();
  }

  // The form of the text as it is now; a text that is none yet stays one.
  async toForm() {
    const text = this.field.value;
    const found = await ask("form", { path: this.path, text }).catch((fault) => fault);
    if (found instanceof Fault) return say(found.message, 12);
    if (found instanceof Error) throw found;
    this.base = text;
    this.form = new Form(found, () => {
      this.changed(true);
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.written(), QUIET);
    });
    this.element.replaceChildren(this.form.element);
    return undefined;
  }

  // What was filled in stands in the text from here on.
  async written() {
    if (!this.form) return;
    clearTimeout(this.waiting);
    const mine = (this.turn += 1);
    const asked = { path: this.path, text: this.base, values: this.form.values() };
    const found = await ask("form-text", asked);
    if (mine !== this.turn) return;
    this.field.value = found.text;
    this.changed();
  }

  async other() {
    if (!this.form) return this.toForm();
    await this.written();
    return this.toText();
  }

  // The number of each line, with the tone of the gravest problem in it.
  number() {
    const worst = new Map();
    for (const { row, severity } of [...this.marks].reverse()) worst.set(row, severity);
    const lines = this.field.value.split("\n").map((_, place) => {
      const tone = worst.get(place + 1);
      return make("div" + (tone ? ".mark-" + tone : ""), place + 1);
    });
    this.numbers.replaceChildren(...lines);
  }

  mark(marks) {
    const order = ["error", "warning", "notice"];
    this.marks = [...marks].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
    this.number();
  }

  rows() {
    const lines = this.field.value.split("\n");
    if (!lines[lines.length - 1]) lines.pop();
    return lines.map((line) => [line]);
  }

  async show(row) {
    if (this.form) await this.other();
    const lines = this.field.value.split("\n");
    const start = lines.slice(0, row - 1).reduce((sum, line) => sum + line.length + 1, 0);
    this.field.focus();
    this.field.setSelectionRange(start, start + (lines[row - 1] || "").length);
    const high = this.field.scrollHeight / lines.length;
    this.field.scrollTop = Math.max(0, (row - 0.5) * high - this.field.clientHeight / 2);
  }

  // Deprecated, and the only way to a field's own history: to that in which one writes.
  undo() {
    document.execCommand("undo");
  }

  redo() {
    document.execCommand("redo");
  }

  close() {
    clearTimeout(this.waiting);
    this.turn += 1;
  }
}
