// The right side: what a file becomes, on the phone and on the wall.

import { Fault, ask, button, make } from "./parts.js";

const pane = document.getElementById("pane");
const note = document.getElementById("look-note");
const tabs = [document.getElementById("tab-page"), document.getElementById("tab-sheet")];

let shown = "page"; // which tab
let turn = 0; // of what was asked last; an answer to something earlier is not shown
let found = { page: null, sheet: null };

for (const tab of tabs) {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = tabs[1 - tabs.indexOf(tab)];
    other.focus();
    choose(other);
  });
}

function choose(tab) {
  shown = tab.id === "tab-sheet" ? "sheet" : "page";
  for (const one of tabs) {
    one.setAttribute("aria-selected", one === tab);
    one.tabIndex = one === tab ? 0 : -1;
  }
  pane.setAttribute("aria-labelledby", tab.id);
  show();
}

function show() {
  const part = found[shown];
  note.replaceChildren();
  if (!part) {
    pane.replaceChildren(make("p", found.words || ""));
    return;
  }
  if (part.words) {
    pane.replaceChildren(make("p", part.words));
  } else if (shown === "page") {
    // The frame stays while one page follows another, so that it keeps its place.
    const frame = pane.querySelector("iframe");
    if (frame) {
      if (frame.getAttribute("src") !== part.look) frame.src = part.look;
    } else pane.replaceChildren(make("iframe", { src: part.look, title: "手机上看到的网页" }));
  } else {
    pane.replaceChildren(make("img", { src: part.picture, alt: "公示单的样子" }));
    const link = make("a", "打印这一张", { href: part.pdf, target: "_blank" });
    note.replaceChildren(link);
  }
}

export function clear(words) {
  turn += 1;
  found = { page: null, sheet: null, words };
  show();
}

// Shows what the two questions give; tells `heard` of the first as soon as it is there.
export async function look(lookName, sheetName, asked, heard) {
  const mine = (turn += 1);
  found.words = "正在看…";
  document.getElementById("look").setAttribute("aria-busy", "true");
  if (!found.page) show();
  try {
    const page = await ask(lookName, asked);
    if (mine !== turn) return;
    const out = "有错误，这一份先不公开。改好左边标红的格子，这里就会出来。";
    found.page = page.look ? page : { words: page.url ? out : "这个文件没有自己的网页。" };
    if (page.marks.some((mark) => mark.severity === "error") && !page.look) found.page = { words: out };
    heard(page);
    show();
    const sheet = await ask(sheetName, asked);
    if (mine !== turn) return;
    found.sheet = sheet.picture ? sheet : { words: sheet.why };
  } catch (fault) {
    if (mine !== turn) return;
    if (!(fault instanceof Fault)) throw fault;
    found = { page: { words: fault.message }, sheet: { words: fault.message } };
  } finally {
    if (mine === turn) document.getElementById("look").removeAttribute("aria-busy");
  }
  show();
}
