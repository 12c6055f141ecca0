// What there is to do today; printing and publishing.

import { ask, button, choose, doing, make, tell } from "./parts.js";
import { clear } from "./look.js";

const work = document.getElementById("work");
const line = document.getElementById("today-line");
const COUNTED = [["late", "份逾期"], ["mending", "份有错没公开"], ["soon", "份快到期"], ["review", "份等审核"], ["down", "张要取下"], ["up", "张要挂上"]];

const FEW = 8; // villages that are looked at again at once; of more it is said that the counts are old

let last = null;
let isOld = true; // something was saved since
let looking = null;

const isFew = () => !last || last.villages.length <= FEW;

export function expire() {
  isOld = true;
  if (looking || !last) return;
  if (isFew()) refresh();
  else count();
}

export function refresh() {
  if (looking) isOld = true; // it may have looked before what was done now
  else looking = look().finally(() => (looking = null));
  return looking;
}

async function look() {
  do {
    isOld = false;
    last = await ask("today").catch(() => last);
  } while (isOld && isFew());
  if (last) count();
}

function count() {
  const counts = COUNTED.map(([kind, words]) => [last.villages.flatMap((one) => of(one, kind)).length, words]);
  const words = counts.filter(([number]) => number).map(([number, words]) => `${number} ${words}`).join(" · ") || "没有";
  line.textContent = isOld ? `${words}（改过了，点这里再数）` : words;
}

const of = (village, kind) => village.kinds.filter((one) => one.kind === kind).flatMap((one) => one.tasks);

function dayWords(task) {
  if (!task.day) return "";
  const [, month, day] = task.day.split("-").map(Number);
  const late = task.days > 0 ? `，已过 ${task.days} 天` : task.days < 0 ? `，还有 ${-task.days} 天` : "，就是今天";
  return `（${month}月${day}日${late}）`;
}

function villagePart(village, open) {
  const part = make("div.village", make("div.row", make("h2", village.name), make("span.soft", village.town), make("span.rest"), button("打印要贴的", () => print(village.id, village.name)), button("看文件", () => open(village.id))));
  if (!village.isUsable) part.append(make("p.bad", "这个村的 village.yaml 有错，先改好。"));
  if (village.errors) part.append(make("p.bad", `资料里有 ${village.errors} 处错误，有错的那几份先不公开。`));
  for (const { kind, title, tasks } of village.kinds) {
    const tone = kind === "late" || kind === "mending" ? ".bad" : "";
    part.append(make("h3" + tone, `${title} ${tasks.length}`));
    for (const task of tasks) {
      const notes = [task.board, task.note].filter(Boolean).join("，");
      part.append(make("p.task", task.title, make(task.isPersonal ? "b.bad" : "small", dayWords(task) + (notes ? ` ${notes}` : ""))));
    }
  }
  if (!village.kinds.length && !village.errors && village.isUsable) part.append(make("p.good", "✓ 没有要办的"));
  return part;
}

export async function show(open) {
  clear("点左边的文件，这里看它在手机上和墙上的样子。");
  const place = make("div", make("h2", "今天要办的"), make("p.soft", "正在看各村…"));
  work.replaceChildren(place);
  if (isOld || !last) await refresh();
  if (!last || !place.isConnected) return; // something else was opened meanwhile
  const [year, month, day] = last.today.split("-").map(Number);
  place.replaceChildren(
    make("p.soft", `${year}年${month}月${day}日，快到期的说到 7 天以后`),
    ...last.villages.map((village) => villagePart(village, open)),
  );
}

export async function print(id, name, everything = false) {
  const found = await doing("正在画，一张要一两秒…", () => ask("print", { village: id, everything }));
  if (!found) return;
  const links = found.files.map((file) => make("li", make("a", file.name.endsWith("tiles.pdf") ? "大张的，分成办公纸来打" : "清单和要挂的，一个 PDF", { href: file.url, target: "_blank" })));
  const words = make("p", `${name}：挂上 ${found.up} 份，取下 ${found.down} 份。第一页是清单，照着换。`);
  const faults = found.problems.length ? make("p.care", found.problems.join(" ")) : null;
  const buttons = everything ? [] : [["all", "应当挂的全部打印"]];
  const chosen = await choose("打印", [words, make("ul", links), faults].filter(Boolean), [["", "关上", ".first"], ...buttons]);
  if (chosen === "all") await print(id, name, true);
}

export async function publish() {
  const words = make("p", "把各村现在的资料生成网站和公示单，写进网站文件夹。有错的那几份不会公开。第一次要几分钟。");
  const chosen = await choose("公开到网站？", words, [["publish", "公开", ".first"], ["", "先不"]]);
  if (chosen !== "publish") return;
  const done = await doing("正在生成网站，可以接着做别的…", () => ask("publish"), "publish");
  if (!done) return;
  const lines = [
    make("p", `${done.villages} 个村，${done.records} 份公开内容，${done.posters} 张公示单；这次变了 ${done.changed} 个文件，去掉 ${done.removed} 个。`),
    make("p", "网站在：", make("b", done.folder), "。把它传到网上就公开了。"),
  ];
  if (done.errors.length) lines.push(make("p.bad", `有错、这次没有公开的：${done.errors.join("、")}`));
  await tell("生成好了", lines);
}
