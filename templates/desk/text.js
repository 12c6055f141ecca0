// A text file as lines that are written in, with problems at their numbers. Answers what the grid answers,
// and is a plain field: what people expect of one, undo and input methods too, the browser does.

import { make } from "./parts.js";

export class Lines {
  constructor(element, rows, changed) {
    this.wide = 1;
    this.heading = 0;
    this.numbers = make("div.numbers", { ariaHidden: "true" });
    this.field = make("textarea", { spellcheck: false, wrap: "off", "aria-label": "这个文件的字，直接改" });
    this.field.value = rows.map((row) => row[0] + "\n").join("");
    this.marks = [];
    this.built = Promise.resolve();
    this.field.addEventListener("input", () => {
      this.number();
      changed();
    });
    this.field.addEventListener("scroll", () => (this.numbers.scrollTop = this.field.scrollTop));
    element.replaceChildren(this.numbers, this.field);
    this.number();
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

  show(row) {
    const lines = this.field.value.split("\n");
    const start = lines.slice(0, row - 1).reduce((sum, line) => sum + line.length + 1, 0);
    this.field.focus();
    this.field.setSelectionRange(start, start + (lines[row - 1] || "").length);
    const high = this.field.scrollHeight / lines.length;
    this.field.scrollTop = Math.max(0, (row - 0.5) * high - this.field.clientHeight / 2);
  }

  // Deprecated, and the only way to the field's own history.
  undo() {
    this.field.focus();
    document.execCommand("undo");
  }

  redo() {
    this.field.focus();
    document.execCommand("redo");
  }

  close() {}
}
