// Handing changes on, where villages/ lies in a repository: who, when, why; and both sides as tables where
// both have changed a file.

import { ask, cells, choose, doing, make, tell, who } from "./parts.js";

const shareButton = document.getElementById("share");

export async function refresh() {
  const { state } = await ask("share").catch(() => ({ state: null }));
  shareButton.hidden = !state;
  if (!state) return null;
  const number = state.files.length + state.ahead;
  shareButton.textContent = number ? `交上去（${number}）` : "交上去";
  return state;
}

export async function share(changed) {
  const state = await refresh();
  if (!state) return;
  const [name, why] = [who(), make("input", { type: "text" })];
  const inside = [];
  if (state.files.length) {
    inside.push(make("p", "从上次交到现在，改了这几份："));
    inside.push(make("ul", state.files.slice(0, 30).map((path) => make("li", path))));
    if (state.files.length > 30) inside.push(make("p", `一共 ${state.files.length} 份。`));
    inside.push(make("label", "谁交的", name), make("label", "为什么改（可以不写）", why));
  } else inside.push(make("p", state.ahead ? "有改动记下了还没有交上去。" : "这里没有新的改动。看看别人有没有交新的。"));
  const chosen = await choose("交上去？", inside, [["share", "交上去", ".first"], ["", "先不"]]);
  if (chosen !== "share") return;
  const told = { who: name.value.trim(), why: why.value.trim() };
  const found = await doing("正在交…", () => ask("share-commit", told));
  if (found) await join(found);
  changed();
  refresh();
}

async function join(found) {
  if (!found.hasOthers) {
    await tell("记下了", make("p", "改动记在这台电脑上了。还没有设好往哪里交，请找维护人员。"));
    return;
  }
  const chosen = {};
  for (const clash of found.clashes) {
    const side = await one(clash);
    if (!side) {
      await tell("先没有交", make("p", "你的改动记在这台电脑上，一样也没有丢。想好了再按“交上去”。"));
      return;
    }
    chosen[clash.path] = side;
  }
  const done = await doing("正在交…", () => ask("share-push", { chosen }));
  if (done) await tell("交好了", make("p", "你的改动交上去了，别人交的也拿下来了。"));
}

function one({ path, mine, theirs }) {
  const text = (row) => (row || []).join("\u0001").replace(/\u0001+$/, "");
  const other = new Set();
  for (let place = 0; place < Math.max(mine.length, theirs.length); place += 1)
    if (text(mine[place]) !== text(theirs[place])) other.add(place + 1);
  const side = (title, rows) => {
    const numbered = rows.map((row, place) => ({ number: place + 1, cells: row }));
    return make("div", make("h3", title), rows.length ? cells(numbered, { other }) : make("p", "删掉了这个文件。"));
  };
  const words = "这一份你改过，别人也改过。标红的行两边不一样。选一份用；另一份留在仓库的记录里，不会丢。";
  const two = make("div.two", side("你的", mine), side("别人的", theirs));
  const buttons = [
    ["mine", "用我的"],
    ["theirs", "用别人的"],
    ["", "先不交", ".first"],
  ];
  return choose(path, [make("p", words), two], buttons, true);
}
