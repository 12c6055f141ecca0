// A text file as a form: the fields that the program names, with what stands in the text. What is filled in is
// written into the text by the program; so checks, differences and earlier versions are the text's.

import { button, make } from "./parts.js";

const EXAMPLES = { datetime: "例如 2025-01-01", number: "只写数字" };

function select(field, value) {
  const options = [{ value: "", label: "" }, ...field.options];
  if (value && !options.some((one) => one.value === value)) options.push({ value, label: value });
  return make("select", options.map((one) => make("option", one.label, { value: one.value, selected: one.value === value })));
}

const BOOLEAN = { options: [{ value: "是", label: "是" }, { value: "否", label: "否" }] };

// Each gives an element and reads its value again.
function scalar(field, value) {
  const text = typeof value === "string" ? value : "";
  const inside =
    field.widget === "select" ? select(field, text)
    : field.widget === "boolean" ? select(BOOLEAN, text)
    : field.widget === "text" ? make("textarea", { value: text, rows: 2 })
    : make("input", { type: "text", value: text, placeholder: EXAMPLES[field.widget] || "", autocomplete: "off" });
  return [make("label", make("span", field.label, field.required ? make("b", " 必填") : ""), inside), () => inside.value.trim()];
}

function many(field, value) {
  const chosen = new Set(Array.isArray(value) ? value : []);
  const boxes = field.options.map((one) => [one.value, make("input", { type: "checkbox", checked: chosen.has(one.value) }), one.label]);
  const lines = boxes.map(([, box, label]) => make("label.tick", box, make("span", label)));
  const part = make("details", make("summary", `${field.label}：${chosen.size ? `${chosen.size} 样` : "都挂"}`), make("div.ticks", lines));
  const known = new Set(field.options.map((one) => one.value));
  const others = [...chosen].filter((one) => !known.has(one));
  return [part, () => [...boxes.filter(([, box]) => box.checked).map(([name]) => name), ...others]];
}

function entry(field, value, removed) {
  const own = field.fields.filter((one) => one.widget !== "list").map((one) => [one.name, ...part(one, value[one.name])]);
  const drop = button("删去", () => removed(box));
  const box = make("div.entry", own.map(([, element]) => element), drop);
  // What the form does not show stays as it is.
  return [box, () => own.reduce((all, [name, , read]) => ({ ...all, [name]: read() }), { ...value })];
}

function list(field, value, changed) {
  const entries = new Map();
  const place = make("div.entries");
  const removed = (box) => {
    entries.delete(box);
    box.remove();
    changed();
  };
  const add = (one) => {
    const [box, read] = entry(field, one, removed);
    entries.set(box, read);
    place.append(box);
    return box;
  };
  for (const one of Array.isArray(value) ? value : []) if (one && typeof one === "object") add(one);
  const more = button(`加一条${field.label}`, () => {
    add({}).querySelector("input, select").focus();
    changed();
  });
  const part = make("fieldset", make("legend", field.label), place, more);
  // An entry in which nothing is written yet is none.
  return [part, () => [...entries.values()].map((read) => read()).filter((one) => Object.values(one).some((text) => text.length))];
}

function part(field, value, changed) {
  if (field.widget === "list" && field.fields) return list(field, value, changed);
  return field.multiple ? many(field, value) : scalar(field, value);
}

export class Form {
  constructor({ fields, values }, changed) {
    const shown = fields.filter((field) => field.widget !== "list" || field.fields);
    this.parts = shown.map((field) => [field, ...part(field, values[field.name], changed)]);
    const of = (isUsual) => this.parts.filter(([field]) => field.isUsual === isUsual).map(([, element]) => element);
    this.element = make("form.fields", of(true), make("details", make("summary", "平常不用改的"), of(false)));
    this.element.addEventListener("input", changed);
    this.element.addEventListener("submit", (event) => event.preventDefault());
    this.before = this.read();
  }

  read() {
    return Object.fromEntries(this.parts.map(([field, , read]) => [field.name, read()]));
  }

  // Only what was changed here: what else stands in the text is not the form's.
  values() {
    const now = this.read();
    return Object.fromEntries(Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(this.before[name])));
  }
}
