// Files that are dropped: taken, shown with what each becomes and what has to be asked, and written.

import { ask, button, cells, choose, doing, make, put, say, tell, who } from "./parts.js";
import { clear, look } from "./look.js";

const work = document.getElementById("work");
const list = document.getElementById("list");
const TABLES = /\.(csv|xlsx|xls|et|ods)$/i;
const SIGNS = { new: "✓", same: "✓", differs: "✓", asks: "？" };

let drop = null; // { id, answers, plan, chosen, ended }

export const isOpen = () => Boolean(drop);

// Files of a drag, also those of folders, each with the path at which it lay.
async function filesOf(items) {
  const found = [];
  async function walk(entry, above) {
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      found.push([file, above + entry.name]);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const batch = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!batch.length) return;
      for (const one of batch) await walk(one, `${above}${entry.name}/`);
    }
  }
  const entries = [...items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
  for (const entry of entries.filter(Boolean)) await walk(entry, "");
  return found;
}

export function listen(began, ended) {
  const zone = document.getElementById("drop");
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => event.preventDefault());
  zone.addEventListener("dragover", () => zone.classList.add("over"));
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", async (event) => {
    zone.classList.remove("over");
    const found = await filesOf(event.dataTransfer.items);
    take(found, began, ended);
  });
  for (const [name, input] of [["choose-files", "files"], ["choose-folder", "folder"]]) {
    const field = document.getElementById(input);
    document.getElementById(name).addEventListener("click", () => field.click());
    field.addEventListener("change", () => {
      const found = [...field.files].map((file) => [file, file.webkitRelativePath || file.name]);
      field.value = "";
      take(found, began, ended);
    });
  }
}

async function take(found, began, ended) {
  const tables = found.filter(([file]) => TABLES.test(file.name) && !/^(\.|~\$)/.test(file.name));
  if (!tables.length) return tell("没有表格", make("p", "放进来的里面没有 .xlsx .xls .et .ods .csv 的表格。"));
  if (!(await began())) return;
  if (drop) await leave();
  await doing(`正在收 ${tables.length} 份…`, async () => {
    const { id } = await ask("drop");
    for (const [file, name] of tables) await put(id, file, name);
    drop = { id, answers: {}, plan: null, chosen: 0, ended, number: tables.length };
  });
  if (drop) await plan();
}

export async function leave() {
  if (!drop) return;
  const { id } = drop;
  drop = null;
  await ask("drop-end", { drop: id }).catch(() => {});
}

async function plan() {
  clear("选一份，这里看它会变成什么样。");
  if (!drop.plan) work.replaceChildren(make("h2", "正在认这些表…"), make("p.soft", "一份要一两秒。"));
  const mine = drop;
  const found = await doing("正在认这些表…", () => ask("plan", { drop: mine.id, answers: mine.answers }), "plan");
  if (drop !== mine) return;
  if (!found) {
    if (!drop.plan) {
      const { ended } = drop;
      await leave();
      ended();
    }
    return;
  }
  drop.plan = found;
  drop.entries = [
    ...found.parts.map((part) => ({ ...part, isPart: true })),
    ...found.leftOut.map((entry) => ({ ...entry, title: entry.file, state: entry.questions.length ? "asks" : entry.isPlain ? "plain" : "faulty" })),
    ...found.unreadable.map((words) => ({ title: words.split("：")[0], reason: words, state: "faulty", questions: [], grid: [] })),
  ];
  const asks = drop.entries.findIndex((entry) => entry.questions.length);
  if (drop.chosen >= drop.entries.length || (asks >= 0 && !drop.entries[drop.chosen].questions.length)) drop.chosen = Math.max(0, asks);
  showList();
  show();
}

const sign = (entry) => SIGNS[entry.state] || (entry.state === "plain" ? "－" : "✗");
const tone = (entry) => ({ "✓": "good", "？": "care", "－": "notice" })[sign(entry)] || "bad";

function under(entry) {
  if (entry.questions.length) return `${entry.questions.length} 个问题`;
  if (!entry.isPart) return entry.state === "plain" ? "不用导入" : "没有收";
  return { new: "可以写", same: "已经有了，一样", differs: "已经有一份，不一样" }[entry.state] || "有错误，先不写";
}

function showList() {
  const lines = drop.entries.map((entry, place) => {
    const line = button("", () => { drop.chosen = place; showList(); show(); });
    const village = entry.isPart ? `${entry.villageName} ` : "";
    line.append(make("b." + tone(entry), `${sign(entry)} `), `${village}${entry.title}`, make("br"), make("small", under(entry)));
    if (place === drop.chosen) line.setAttribute("aria-current", "true");
    return make("li", line);
  });
  list.replaceChildren(make("h2", `放进来 ${drop.number} 份`), make("ul", lines), make("p.row", button("写进村里…", write, ".first"), button("不要了", stop)));
}

async function stop() {
  const { ended } = drop;
  await leave();
  ended();
}

function asked(entry) {
  return drop.plan.questions.filter((question) => entry.questions.includes(question.id));
}

const squeezed = (text) => String(text).replace(/\s+/g, "");

// The cells that questions are about, by row number.
function places(questions, grid) {
  const found = new Map();
  for (const { row, column } of questions) {
    if (!row && !column) continue;
    const columns = new Set();
    for (const line of grid)
      line.cells.forEach((cell, place) => column && squeezed(cell) === squeezed(column) && columns.add(place));
    const rows = row ? [row] : grid.filter((line) => line.cells.some((cell) => squeezed(cell) === squeezed(column))).map((line) => line.number);
    for (const number of rows) found.set(number, new Set([...(found.get(number) || []), ...columns]));
  }
  return found;
}

function field(question, given = "") {
  const inside = [make("legend", question.words)];
  const many = question.places ? question.places.length : 1;
  const refused = drop.answers[question.id];
  if (refused && !given && !question.choices.some((choice) => choice.answer === refused)) inside.push(make("p.bad", `“${refused}”没有看懂，请照例子的样子写。`));
  for (const choice of question.choices) {
    const input = make("input", { type: "radio", name: question.id, value: choice.answer, checked: choice.answer === given });
    inside.push(make("label", input, make("span", make("b", choice.answer), `：${choice.publishes}`)));
  }
  if (question.free) {
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(question.free);
    const value = question.choices.some((choice) => choice.answer === given) ? "" : given;
    const input = make("input", { type: isDay ? "date" : "text", name: question.id + " free", value });
    inside.push(make("label", make("span", question.choices.length ? "或者写：" : "请写："), input, make("small", `例如 ${question.free}`)));
  }
  inside.push(make("small", question.lasting ? "记住这个回答，以后同样的表不再问。" : many > 1 ? `这 ${many} 份都照这个，不记。` : "只管这一份，不记。"));
  return make("fieldset", inside, { id: "q-" + question.id });
}

function questionForm(questions, given = {}) {
  const form = make("form.box", questions.map((one) => field(one, given[one.id])), make("button.first", "回答好了", { type: "submit" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(form);
    let number = 0;
    for (const { id } of questions) {
      const answer = (data.get(id + " free") || "").trim() || data.get(id) || "";
      if (answer) drop.answers[id] = answer;
      number += Boolean(answer);
    }
    if (number) plan();
    else say("请先选一个回答。");
  });
  return form;
}

function show() {
  const entry = drop.entries[drop.chosen];
  if (!entry) return;
  const questions = asked(entry);
  const parts = [make("h2", entry.isPart ? `${entry.villageName} ${entry.title}` : entry.title)];
  if (entry.isPart) parts.push(make("p.soft", `${entry.file} → ${entry.path}（${entry.account}）`));
  if (entry.reason) parts.push(make("p.box.red", entry.reason));
  if (entry.isPart && !questions.length) parts.push(make(entry.content === false || tone(entry) === "bad" ? "p.box.red" : "p." + tone(entry), entry.verdict));
  if (entry.grid.length) parts.push(cells(entry.grid, { asked: places([...questions, ...faults(entry)], entry.grid) }));
  if (questions.length) parts.push(questionForm(questions));
  if (entry.isPart) parts.push(...told(entry));
  work.replaceChildren(...parts);
  const cell = work.querySelector("td.asked, tr.asked");
  if (cell) cell.scrollIntoView({ block: "center", inline: "center" });
  work.scrollTop = 0;
  if (entry.isPart && ["new", "same", "differs"].includes(entry.state))
    look("drop-look", "drop-sheet", { drop: drop.id, path: entry.path }, () => {});
  else clear(questions.length ? "先回答问题，这里就会出来。" : "这一份先不公开，所以没有。");
}

const faults = (entry) => (entry.problems || []).filter((one) => one.severity === "error");

function told(entry) {
  const parts = [];
  if (entry.problems.length) {
    const lines = entry.problems.map((one) => make("li." + one.severity, make("b", one.row ? `第 ${one.row} 行${one.column ? `［${one.column}］` : ""}：` : ""), one.words));
    parts.push(make("ul.problems", lines));
  }
  if (entry.settled.length) {
    const lines = entry.settled.map((one) => {
      const line = make("li", `${one.words} → `, make("b", one.answer), " ");
      line.append(button("改", () => line.replaceChildren(questionForm([one], { [one.id]: one.answer }))));
      return line;
    });
    parts.push(make("h3", "照回答过的做"), make("ul.problems", lines));
  }
  if (entry.lines.length)
    parts.push(make("details", make("summary", "程序做了什么"), make("ul", entry.lines.map((line) => make("li", line)))));
  return parts;
}

async function write() {
  const ready = drop.entries.filter((entry) => entry.isPart && ["new", "differs"].includes(entry.state));
  if (!ready.length) return tell("还没有可以写的", make("p", "有问题的先回答，有错误的请在原来的表里改好，再放一次。"));
  const ticks = ready.map((entry) => {
    const tick = make("input", { type: "checkbox", checked: entry.state === "new" });
    const replaces = entry.state === "differs" ? "（换掉现在的一份）" : "";
    return [tick, entry, make("label.tick", tick, make("span", `${entry.villageName} ${entry.title}${replaces}`, make("br"), make("small", entry.path)))];
  });
  const open = drop.entries.filter((entry) => entry.questions.length).length;
  const rest = open ? make("p.care", `还有 ${open} 份的问题没有回答，这次先不写。`) : null;
  const name = who();
  const inside = [...ticks.map(([, , line]) => line), rest, make("label", "谁放进来的", name)].filter(Boolean);
  const chosen = await choose("写进村里？", inside, [["write", "写进去", ".first"], ["", "再看看"]]);
  if (chosen !== "write") return;
  const wanted = Object.fromEntries(ticks.filter(([tick]) => tick.checked).map(([, entry]) => [entry.path, entry.print]));
  if (!Object.keys(wanted).length) return say("一份也没有选。");
  const asked = { drop: drop.id, answers: drop.answers, chosen: wanted, who: name.value.trim() };
  const done = await doing("正在写…", () => ask("write", asked));
  if (!done) return;
  if (open) await plan();
  else await stop();
  say(`写好了 ${done.written} 份。写错了可以按“撤回上次放进来的”。`, 12);
}

export async function undo(refreshed) {
  const words = make("p", "上一次放进来、写进村里的那几份会拿掉，换掉的会还原。后来又改过的不动。");
  const chosen = await choose("撤回上次放进来的？", words, [["undo", "撤回", ".first"], ["", "不撤"]]);
  if (chosen !== "undo") return;
  const undone = await doing("正在撤回…", () => ask("undo"));
  if (!undone) return;
  const lines = [
    ...undone.removed.map((path) => `拿掉了 ${path}`),
    ...undone.restored.map((path) => `还原了 ${path}`),
    ...undone.changed.map((path) => `后来又改过，没有动：${path}`),
  ];
  refreshed();
  await tell("撤回好了", make("ul", lines.map((line) => make("li", line))));
}
