// A village that begins: which town, what it is called, then what must be known of it. What may be answered is
// the program's to say; a fault stands at its field.

import { Fault, ask, doing, make, say } from "./parts.js";
import { clear } from "./look.js";

const work = document.getElementById("work");

function field(key, words, inside) {
  const fault = make("span.bad", { id: `fault-${key}`, hidden: true });
  inside.name = key;
  inside.setAttribute("aria-describedby", fault.id);
  return make("label", make("span", words), inside, fault);
}

function input(question) {
  if (!question.choices.length) return make("input", { type: "text", value: question.proposed, autocomplete: "off" });
  return make("select", question.choices.map((one) => make("option", one, { value: one })));
}

function complain(form, faults) {
  for (const one of form.querySelectorAll("[name]")) {
    const words = faults[one.name] || "";
    const place = form.querySelector(`#fault-${one.name}`);
    place.textContent = words && `${words}。`;
    place.hidden = !words;
    if (words) one.setAttribute("aria-invalid", "true");
    else one.removeAttribute("aria-invalid");
  }
  const first = form.querySelector("[aria-invalid]");
  if (first) first.focus();
}

// The words of a fault stand at a field as well as those of an answer that will not do.
async function tried(form, key, words, work) {
  say(words, 0);
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    complain(form, { [key]: fault.message.replace(/。$/, "") });
    return undefined;
  } finally {
    say("");
  }
}

export function show(towns, begun) {
  clear("建好了，这里看它在手机上的样子。");
  const list = make("datalist", towns.map((town) => make("option", { value: town.name })), { id: "towns" });
  const town = make("input", { type: "text", required: true, autocomplete: "off", value: towns.length === 1 ? towns[0].name : "" });
  town.setAttribute("list", list.id);
  const name = make("input", { type: "text", required: true, autocomplete: "off" });
  const form = make(
    "form.begin",
    make("h2", towns.length ? "新建一个村" : "还没有村，先建一个"),
    field("town", "哪个镇，例如 白鹭镇", town),
    list,
    field("village", "哪个村，例如 双槐村", name),
    make("button.first", "下一步", { type: "submit" }),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const place = `${town.value.trim()}/${name.value.trim()}`;
    const found = await tried(form, "village", "正在看…", () => ask("new-questions", { place }));
    if (found) further(place, found, () => show(towns, begun), begun);
  });
  work.replaceChildren(form);
  (town.value ? name : town).focus();
}

function further(place, found, back, begun) {
  const again = make("button", "退回上一步", { type: "button", onclick: back });
  const form = make(
    "form.begin",
    make("h2", `${found.town}${found.village}`),
    make("p.soft", found.isNewTown ? "这个镇是新的，会登记到 content/site.yaml。" : "写好这几样就建好了，别的以后再补。"),
    found.questions.map((question) => field(question.key, question.words, input(question))),
    make("div.row", make("button.first", "建村", { type: "submit" }), again),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answers = Object.fromEntries(new FormData(form));
    const done = await doing("正在建…", () => ask("new", { place, answers }));
    if (!done) return;
    complain(form, done.faults);
    if (done.id) await begun(done.id);
  });
  work.replaceChildren(form);
  form.querySelector("input, select").focus();
}
