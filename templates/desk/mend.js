// The middle when a file is open: its rows to be mended, saved, and put back as they were.

import { Fault, Stale, ask, button, cells, choose, doing, make, say, tell, who } from "./parts.js";
import { Grid } from "./grid.js";
import { Lines } from "./text.js";
import { clear, look } from "./look.js";

const work = document.getElementById("work");
const QUIET = 400; // ms without a key before what was typed is looked at
const WORDS = { error: "错误", warning: "请留意", notice: "说明" };

let open = null; // { path, print, grid, before, parts }
let waiting = 0;
let turn = 0; // of what was opened last

export const isDirty = () => Boolean(open && open.grid && open.isDirty);
export const path = () => (open ? open.path : "");

export function shut() {
  turn += 1;
  clearTimeout(waiting);
  if (open && open.grid) open.grid.close();
  open = null;
}

// Asks before what was typed is lost; true where one may go on.
export async function mayLeave() {
  if (!isDirty()) return true;
  const chosen = await choose("改了还没有存", make("p", "刚才改的还没有存进文件。"), [
    ["save", "存下", ".first"],
    ["drop", "不要了"],
    ["", "回去接着改"],
  ]);
  if (chosen === "save") await save();
  if (chosen === "drop") open.isDirty = false;
  return !isDirty();
}

export async function openFile(wanted, title, refreshed) {
  const mine = (turn += 1);
  const file = await doing("正在打开…", () => ask("file", { path: wanted }));
  if (!file || mine !== turn) return;
  shut();
  open = { path: wanted, title, print: file.print, isDirty: false, refreshed, versions: file.versions };
  clear("正在看…");
  const head = make("div", make("h2", title), make("p.soft", fileWords(file)));
  const problems = make("ul.problems");
  open.problems = problems;
  if (!["grid", "text"].includes(file.kind)) {
    const inside = file.kind === "read" ? make("div.paper", file.rows.map((row) => row[0] + "\n").join(""), { tabIndex: 0 }) : null;
    work.replaceChildren(head, make("p.box", elsewhere(file)), problems, ...(inside ? [inside] : []));
    if (file.kind === "closed") clear(file.why);
    else seen();
    return;
  }
  open.isText = file.kind === "text";
  const place = open.isText
    ? make("div.grid.text")
    : make("div.grid", { role: "region", "aria-label": "表格，方向键走，打字就改，回车改这一格" });
  open.saveButton = button("存", save, ".first");
  open.undoButton = keepsFocus(button("退回", () => open.grid.undo()));
  const tools = make(
    "div.row",
    open.saveButton,
    open.undoButton,
    keepsFocus(button("重做", () => open.grid.redo())),
    ...(open.isText ? [] : [button("加一行", () => open.grid.addBelow()), button("删一行", () => open.grid.drop())]),
    button("以前的版本", history, ".rest"),
  );
  work.replaceChildren(head, tools, place, problems);
  open.before = JSON.stringify(file.rows);
  open.grid = open.isText ? new Lines(place, file.rows, typed, wanted) : new Grid(place, file.rows, typed);
  settle();
  if (open.grid.hasForm) tools.append(button("填表 / 看文字", () => settledForm(() => open.grid.other())));
  await open.grid.built;
  seen();
}

function fileWords(file) {
  const kept = file.encoding ? ` · ${file.encoding} 编码，存的时候不变` : "";
  return file.path + kept;
}

function elsewhere(file) {
  if (file.kind === "closed") return `打不开：${file.why}`;
  if (file.kind === "read") return "这个文件由程序自己写，在这里只看。";
  return `这一种文件请用 WPS 打开来改，存了以后这里跟着变。它在：${file.place}`;
}

function settle() {
  open.saveButton.disabled = !open.isDirty;
  document.title = (open.isDirty ? "* " : "") + open.title + " - 工作台";
}

// Keys that undo belong to the field in which one writes: a button must not take it away.
function keepsFocus(made) {
  made.addEventListener("mousedown", (event) => open.isText && event.preventDefault());
  return made;
}

// Does what writes a form into its text first; a text that is none any more says so.
async function settledForm(work) {
  try {
    await work();
    return true;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    await tell("没有写进去", make("p", fault.message));
    return false;
  }
}

// Where a form says that it was touched, its text follows in a moment.
function typed(isTouched = false) {
  if (!open || !open.grid) return;
  if (isTouched === true) {
    open.isDirty = true;
    settle();
    return;
  }
  open.isDirty = JSON.stringify(open.grid.rows()) !== bare(open.before, open.grid.wide);
  settle();
  clearTimeout(waiting);
  waiting = setTimeout(seen, QUIET);
}

// Rows of a file may be shorter than the grid is wide.
function bare(text, wide) {
  return JSON.stringify(JSON.parse(text).map((row) => Array.from({ length: wide }, (_, n) => row[n] ?? "")));
}

async function seen() {
  const mine = open;
  if (!mine) return;
  const asked = { path: mine.path };
  if (mine.isDirty) asked.rows = mine.grid.rows();
  await look("look", "sheet", asked, (found) => {
    if (open !== mine) return;
    if (mine.grid) mine.grid.mark(found.marks, found.heading);
    else if (found.rows.length) showBook(found.rows);
    list(found.marks);
  });
}

function showBook(rows) {
  const numbered = rows.map((row, place) => ({ number: place + 1, cells: row }));
  const old = work.querySelector(".scroll");
  if (old) old.replaceWith(cells(numbered));
  else work.append(cells(numbered));
}

function list(marks) {
  open.errors = marks.filter((mark) => mark.severity === "error").length;
  const lines = marks.map((mark) => {
    const place = mark.row ? `第 ${mark.row} 行` : "整份";
    const go = mark.row && open.grid ? button(place, () => open.grid.show(mark.row, mark.column)) : make("b", place + " ");
    return make("li." + mark.severity, go, make("b", WORDS[mark.severity] + "："), mark.words);
  });
  open.problems.replaceChildren(...(lines.length ? lines : [make("li.good", "✓ 没有发现问题")]));
}

function headings() {
  if (open.isText) return null;
  const rows = open.grid.rows();
  return rows[Math.max(0, open.grid.heading - 1)] || [];
}

export function changeTable(changes, names) {
  const body = make("tbody");
  for (const { before, after, old, new: now } of changes) {
    const where = before && after ? `第 ${after} 行` : after ? `新加的第 ${after} 行` : `删去的第 ${before} 行`;
    const inside = make("td");
    const wide = Math.max(old.length, now.length);
    for (let place = 0; place < wide; place += 1) {
      const [was, is] = [old[place] || "", now[place] || ""];
      if (was === is) continue;
      const line = make("div", names ? make("b", (names[place] || `第 ${place + 1} 栏`) + "：") : "");
      if (before) line.append(make("del", was || "空着"));
      if (before && after) line.append(" → ");
      if (after) line.append(make("ins", is || "空着"));
      inside.append(line);
    }
    body.append(make("tr", make("th", where, { scope: "row" }), inside));
  }
  return make("div.scroll", make("table.diff", body), { tabIndex: 0, role: "region", "aria-label": "改了哪些" });
}

export async function save() {
  const mine = open;
  if (mine.isText && !(await settledForm(() => mine.grid.written()))) return;
  const asked = { path: mine.path, base: mine.print, rows: mine.grid.rows() };
  try {
    const found = await doing("正在比…", () => ask("changes", asked));
    if (!found) return;
    if (!found.changes.length) {
      mine.isDirty = false;
      settle();
      return say("和文件里的一样，不用存。");
    }
    const [name, why] = [who(), make("input", { type: "text" })];
    const inside = [
      changeTable(found.changes, headings()),
      mine.errors ? make("p.bad", `还有 ${mine.errors} 处错误：存得下，${mine.isText ? "改好以前不公开" : "这一份改好以前不公开"}。`) : "",
      make("label", "谁改的", name),
      make("label", "为什么改（可以不写）", why),
    ];
    const chosen = await choose("存下这些改动？", inside.filter(Boolean), [["save", "存下", ".first"], ["", "再看看"]]);
    if (chosen !== "save") return;
    const told = { who: name.value.trim(), why: why.value.trim() };
    const saved = await doing("正在存…", () => ask("save", { ...asked, ...told }));
    if (saved) settled(saved.print, asked.rows);
  } catch (fault) {
    if (!(fault instanceof Stale)) throw fault;
    await conflict(fault.there, asked);
  }
}

function settled(print, rows) {
  open.print = print;
  open.before = JSON.stringify(rows);
  open.isDirty = false;
  settle();
  say("存好了。原来的一份还留着，在“以前的版本”里。");
  open.refreshed();
  seen();
}

// Somebody else has saved the file since it was opened here: both are shown, and nothing is lost.
async function conflict(there, asked) {
  const pad = (rows) => rows.map((row, place) => ({ number: place + 1, cells: row }));
  const text = (row) => (row || []).join("\u0001").replace(/\u0001+$/, "");
  const other = new Set();
  for (let place = 0; place < Math.max(there.rows.length, asked.rows.length); place += 1)
    if (text(there.rows[place]) !== text(asked.rows[place])) other.add(place + 1);
  const two = make(
    "div.two",
    make("div", make("h3", "你这里的"), cells(pad(asked.rows), { other })),
    make("div", make("h3", "文件里现在的"), cells(pad(there.rows), { other })),
  );
  const words = "你打开以后，这个文件在别处（另一个窗口或 WPS）改过了，所以没有存。标红的行两边不一样。";
  const buttons = [
    ["", "先不存，回去看看", ".first"],
    ["mine", "用我的换掉（现在的一份留进“以前的版本”）"],
    ["theirs", "用文件里的，不要我的"],
  ];
  const chosen = await choose("这个文件别处改过了", [make("p", words), two], buttons, true);
  if (chosen === "theirs") {
    open.isDirty = false;
    await openFile(open.path, open.title, open.refreshed);
  }
  if (chosen !== "mine") return;
  try {
    const again = { ...asked, base: there.print, why: "两边都改过，用了这一份" };
    const saved = await doing("正在存…", () => ask("save", again));
    if (saved) settled(saved.print, asked.rows);
  } catch (fault) {
    if (!(fault instanceof Stale)) throw fault;
    await conflict(fault.there, asked);
  }
}

async function history() {
  if (!(await mayLeave())) return;
  const mine = open;
  const found = await doing("正在找…", () => ask("versions", { path: mine.path }));
  if (!found) return;
  if (!found.length) return tell("以前的版本", make("p", "还没有换下过。在这里每存一次，原来的一份都会留着。"));
  const lines = found.map((one) => {
    const told = [one.who, one.why].filter(Boolean).join("，");
    const words = `${one.when} 换下的一份${told ? `（${told}）` : ""}`;
    return make("li.row", make("span", words), make("span.rest"), button("看看", () => older(mine, one)));
  });
  await choose("以前的版本", make("ul", lines), [["", "关上", ".first"]]);
}

async function older(mine, one) {
  const found = await doing("正在比…", () => ask("old", { path: mine.path, name: one.name }));
  if (!found) return;
  const same = make("p", "和现在的一样。");
  const inside = found.changes.length ? changeTable(found.changes, headings()) : same;
  const chosen = await choose(
    `换回 ${one.when} 的一份，会这样变`,
    inside,
    found.changes.length ? [["back", "换回这一份", ".first"], ["", "不换"]] : [["", "关上", ".first"]],
  );
  if (chosen !== "back") return;
  try {
    const asked = { path: mine.path, base: mine.print, name: one.name, why: `换回 ${one.when} 的一份` };
    asked.who = localStorage.getItem("desk who") || "";
    const saved = await doing("正在换…", () => ask("restore", asked));
    if (!saved) return;
    await openFile(mine.path, mine.title, mine.refreshed);
    mine.refreshed();
    say("换回来了。");
  } catch (fault) {
    if (!(fault instanceof Stale)) throw fault;
    await tell("没有换", make("p", "这个文件刚才在别处改过了。请重新打开它再看。"));
  }
}

// Something was saved somewhere: an open file that nobody mends here is shown as it is now.
export async function heard() {
  const mine = open;
  if (!mine) return;
  const file = await ask("file", { path: mine.path }).catch(() => null);
  if (!file || open !== mine) return;
  if (file.print === mine.print) return;
  if (!mine.isDirty) {
    await openFile(mine.path, mine.title, mine.refreshed);
    say("这个文件在别处改过了，已经换成新的。");
  } else say("这个文件刚才在别处改过了。存的时候会把两份摆在一起给你看。", 12);
}

addEventListener("beforeunload", (event) => isDirty() && event.preventDefault());
addEventListener("keydown", (event) => {
  // With Caps Lock on it is an S; a cell that is being written in is taken as it stands.
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && open && open.grid) {
    event.preventDefault();
    if (event.target.closest(".tabulator-editing")) event.target.blur();
    if (isDirty()) save();
  }
});
