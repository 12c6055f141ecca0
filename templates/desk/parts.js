// Asks the desk's server, makes elements, says things, and opens the one dialog.

const token = document.querySelector("meta[name=token]").content;
const HEAD = { "x-mingbai-token": token };

export class Fault extends Error {}

export class Stale extends Error {
  constructor(there) {
    super("stale");
    this.there = there;
  }
}

async function answerOf(response) {
  const answer = await response.json().catch(() => ({}));
  if (response.status === 409) throw new Stale(answer);
  if (!response.ok) throw new Fault(answer.fault || "没有做成，请再试一次。");
  return answer;
}

const LOST = "工作台的程序关上了。请重新打开它，再把这一页刷新一次。";

export async function ask(name, asked = {}) {
  let response;
  try {
    response = await fetch("/__mingbai/api/" + name, {
      method: "POST",
      headers: { ...HEAD, "content-type": "application/json" },
      body: JSON.stringify(asked),
    });
  } catch {
    throw new Fault(LOST);
  }
  return answerOf(response);
}

export async function put(drop, file, name) {
  const address = `/__mingbai/api/drop/${drop}/file?` + new URLSearchParams({ name });
  return answerOf(await fetch(address, { method: "PUT", headers: HEAD, body: file }));
}

// make("p.soft", "words", child, {title: "…"}): texts and elements are put in, plain objects are set.
export function make(kind, ...inside) {
  const [name, ...classes] = kind.split(".");
  const element = document.createElement(name);
  if (classes.length) element.classList.add(...classes);
  for (const part of inside.flat()) {
    if (part === null || part === undefined || part === "") continue;
    if (part instanceof Node || typeof part === "string") element.append(part);
    else if (typeof part === "number") element.append(String(part));
    else
      for (const [key, value] of Object.entries(part))
        if (key in element) element[key] = value;
        else element.setAttribute(key, value);
  }
  return element;
}

export function button(words, press, kind = "") {
  return make("button" + kind, words, { type: "button", onclick: press });
}

let saying = 0;

export function say(words, seconds = 6) {
  const said = document.getElementById("said");
  said.textContent = words;
  clearTimeout(saying);
  if (words && seconds) saying = setTimeout(() => (said.textContent = ""), seconds * 1000);
}

const ASKED_EVERY = 700; // ms

// How far work has come that the server tells of: in words and as a bar, until it is over.
function watch(of, first) {
  const bar = make("progress", { "aria-label": "做到哪里了" });
  const [words, place] = [make("span", first), document.getElementById("progress")];
  const part = make("p", words, bar);
  place.append(part);
  const timer = setInterval(async () => {
    const step = await ask("progress", { of }).catch(() => ({}));
    if (!step.words) return;
    words.textContent = step.total ? `${step.words}（${step.done} / ${step.total}）` : step.words;
    if (step.total) {
      bar.max = step.total;
      bar.value = step.done + step.part;
    } else bar.removeAttribute("value");
  }, ASKED_EVERY);
  return () => {
    clearInterval(timer);
    part.remove();
  };
}

// Does something that takes time; a fault is said where it can be read at leisure. Of work that tells how far
// it is, `of` is the name of its question.
export async function doing(words, work, of = "") {
  if (!of) say(words, 0);
  const over = of ? watch(of, words) : () => {};
  try {
    const found = await work().finally(over);
    say("");
    return found;
  } catch (fault) {
    say("");
    if (!(fault instanceof Fault)) throw fault;
    await tell("没有做成", make("p", fault.message));
    return undefined;
  }
}

// Shows the dialog until one of its buttons is pressed; gives the name of that one, "" when it is closed.
export function choose(title, content, buttons, wide = false) {
  const dialog = document.getElementById("dialog");
  if (dialog.open) dialog.close(""); // its event comes when this one is open already
  dialog.className = wide ? "wide" : "";
  dialog.returnValue = "";
  const row = make("div.row");
  for (const [name, words, kind] of buttons)
    row.append(button(words, () => dialog.close(name), kind || ""));
  dialog.replaceChildren(make("h2", title, { id: "dialog-title" }), ...[content].flat(), row);
  return new Promise((done) => {
    dialog.onclose = () => dialog.open || done(dialog.returnValue);
    dialog.showModal();
    const first = row.querySelector(".first") || row.querySelector("button");
    first.focus();
  });
}

export const tell = (title, content) => choose(title, content, [["", "知道了", ".first"]]);

export function who() {
  const input = make("input", { type: "text", value: localStorage.getItem("desk who") || "" });
  input.addEventListener("change", () => localStorage.setItem("desk who", input.value.trim()));
  return input;
}

export function cells(rows, { asked = new Map(), other = new Set() } = {}) {
  const wide = Math.max(1, ...rows.map((row) => row.cells.length));
  const body = make("tbody");
  for (const { number, cells } of rows) {
    const line = make("tr", make("th", number, { scope: "row" }));
    const columns = asked.get(number);
    if (columns) line.className = "asked";
    if (other.has(number)) line.className = "other";
    // A title stands over all columns, as it does in the workbook.
    const last = cells.filter(Boolean).length === 1 && cells[0] ? 1 : wide;
    for (let place = 0; place < last; place += 1) {
      const cell = make("td", cells[place] || "", { title: cells[place] || "", colSpan: last === 1 ? wide : 1 });
      if (columns && columns.has(place)) cell.className = "asked";
      line.append(cell);
    }
    body.append(line);
  }
  return make("div.scroll", make("table.cells", body), { tabIndex: 0, role: "region", "aria-label": "表格" });
}
