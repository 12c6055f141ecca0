// The desk: which village, which of its files, and what is told when something was saved.

import { ask, button, doing, make, say } from "./parts.js";
import * as begin from "./begin.js";
import * as drop from "./drop.js";
import * as mend from "./mend.js";
import * as share from "./share.js";
import * as today from "./today.js";

const select = document.getElementById("village");
const list = document.getElementById("list");
const MARKS = { error: "✗", warning: "！", notice: "", "": "" };
let turn = 0;
let known = []; // towns, each with its villages

async function towns() {
  const found = await doing("正在打开工作台…", () => ask("towns"));
  if (found) listTowns(found);
}

function listTowns(found) {
  known = found;
  const groups = found.filter((town) => town.villages.length).map((town) => make("optgroup", { label: town.name }, town.villages.map((one) => make("option", one.name, { value: one.id }))));
  select.replaceChildren(...groups);
  const last = localStorage.getItem("desk village");
  if ([...select.options].some((option) => option.value === last)) select.value = last;
}

// Villages come and go, and change their names, also where the desk did nothing.
async function lookForVillages() {
  const [found, before] = [await ask("towns").catch(() => null), select.value];
  if (!found || JSON.stringify(found) === JSON.stringify(known)) return;
  listTowns(found);
  if (before && [...select.options].some((option) => option.value === before)) select.value = before;
  if (select.value === before || mend.isDirty() || drop.isOpen()) return;
  mend.shut();
  if (select.value) await Promise.all([chooseVillage(), showToday()]);
  else {
    list.replaceChildren();
    await showBegin();
  }
}

const villageName = () => (select.selectedOptions[0] ? select.selectedOptions[0].textContent : "");

async function files() {
  if (drop.isOpen() || !select.value) return;
  const mine = (turn += 1);
  const found = await ask("files", { village: select.value }).catch(() => null);
  if (!found || mine !== turn || drop.isOpen()) return;
  const groups = new Map();
  for (const entry of found) groups.set(entry.item || "村的资料", [...(groups.get(entry.item || "村的资料") || []), entry]);
  const opened = new Set([...list.querySelectorAll("details[open]")].map((one) => one.dataset.item));
  const parts = [...groups].map(([item, entries]) => {
    const worst = ["error", "warning"].find((one) => entries.some((entry) => entry.severity === one));
    const sign = worst ? make("b." + worst, `${MARKS[worst]} `) : null;
    const lines = entries.reverse().map((entry) => fileLine(entry));
    const part = make("details", make("summary", sign, item, make("small", `（${entries.length}）`)), make("ul", lines));
    part.dataset.item = item;
    part.open = opened.has(item) || entries.some((entry) => entry.path === mend.path());
    return part;
  });
  list.replaceChildren(make("h2", `${villageName()}的文件`), ...parts, make("p.row", button("撤回上次放进来的", () => drop.undo(files))));
}

function fileLine(entry) {
  const line = button("", () => openFile(entry));
  const sign = MARKS[entry.severity];
  line.append(sign ? make("b." + entry.severity, `${sign} `) : "", entry.title);
  line.dataset.path = entry.path;
  if (entry.path === mend.path()) line.setAttribute("aria-current", "true");
  return make("li", line);
}

async function openFile(entry) {
  if (!(await mend.mayLeave())) return;
  await mend.openFile(entry.path, entry.title, files);
  for (const line of list.querySelectorAll("li button")) {
    if (line.dataset.path === mend.path()) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}

async function showToday() {
  if (!(await mend.mayLeave())) return;
  mend.shut();
  await today.show(async (id) => {
    select.value = id;
    await chooseVillage();
  });
}

async function showBegin() {
  if (!(await mend.mayLeave())) return;
  mend.shut();
  if (drop.isOpen()) {
    await drop.leave();
    files();
  }
  begin.show(known, begun);
}

// A village that was just begun: its own file is opened, to be looked at and filled up.
async function begun(id) {
  localStorage.setItem("desk village", id);
  await towns();
  await chooseVillage();
  today.refresh();
  const line = [...list.querySelectorAll("li button")].find((one) => one.dataset.path.endsWith("/village.yaml"));
  if (line) line.click();
  say("建好了。看看对不对，再写上村干部和监督人员；表格从左边放进来。", 20);
}

async function chooseVillage() {
  localStorage.setItem("desk village", select.value);
  list.replaceChildren(make("p.soft", "正在看这个村…"));
  await files();
}

// What is saved anywhere, in WPS too, is told by the server; a page that nobody sees does not listen.
let stream = null;
let build = document.querySelector("meta[name=build]").content;

function listen() {
  if (stream) stream.close();
  stream = null;
  if (document.hidden) return;
  stream = new EventSource("/__mingbai/events?" + new URLSearchParams({ page: "__mingbai/", build }));
  stream.onmessage = async () => {
    await mend.heard();
    today.expire();
    await lookForVillages();
    await files();
    await share.refresh();
  };
}

select.addEventListener("change", async () => {
  if (!(await mend.mayLeave())) return;
  mend.shut();
  if (drop.isOpen()) await drop.leave();
  await chooseVillage();
  await showToday();
});
document.getElementById("today-button").addEventListener("click", showToday);
document.getElementById("new-village").addEventListener("click", showBegin);
document.getElementById("print").addEventListener("click", () => today.print(select.value, villageName()));
document.getElementById("share").addEventListener("click", async () => {
  if (await mend.mayLeave()) await share.share(mend.heard);
});
document.getElementById("publish").addEventListener("click", () => today.publish());
drop.listen(
  async () => {
    if (!(await mend.mayLeave())) return false;
    mend.shut();
    return true;
  },
  () => {
    showToday();
    chooseVillage();
  },
);
document.addEventListener("visibilitychange", listen);
await towns();
listen();
if (select.value) await Promise.all([files(), showToday(), share.refresh()]);
else {
  document.getElementById("today-line").textContent = "还没有村";
  await showBegin();
}
