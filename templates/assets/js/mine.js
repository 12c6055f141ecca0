/* 我家的钱: a name or a group in all lists of a village at once, each scheme on a card. The rows lie
 * beside the page (generator/render/data/household.py); what is asked is sent nowhere and kept
 * only where the reader wants it. Rows are shown up to their day, whenever the file was fetched.
 * Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const CARRIED = "mingbai-mine"; // from another page of this tab (carry.js)
  const KEPT = "mingbai-mine-kept"; // that the reader asked to keep
  const FILE = "rows.json";
  const MOST_NAMES = 60; // offered at once
  const ZERO = /^-?[0.]*$/; // also what is empty

  const { plain, groupOf, sumOf, chosen } = window.mingbaiNames;
  const place = document.querySelector("[data-mine]");
  const box = place.querySelector("[data-mine-form]");
  if (!box) return;
  const part = (name) => place.querySelector(`[data-mine-${name}]`);
  const cards = part("cards"), choice = part("choice"), keeping = part("keep"), copy = part("copy");
  const form = box.querySelector("form"), told = form.querySelector(".found");
  const [field, submit, clear] = form.elements;
  const root = document.documentElement.getAttribute("data-root");
  let records = [], lines = [];

  // ------------------------------------------------------------------------------ what is kept

  function stored(kind, key) {
    try {
      return window[kind].getItem(key) || "";
    } catch (error) {
      return ""; // storage may be forbidden
    }
  }

  function store(kind, key, text) {
    try {
      if (text) window[kind].setItem(key, text);
      else window[kind].removeItem(key);
    } catch (error) {
      // as above
    }
  }

  // ---------------------------------------------------------------------------------- the rows

  // Files opened by a double click may not be fetched: generator/packer wrote a script.
  function fromScript() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = FILE.replace(/json$/, "js");
      script.onload = () => resolve(window.mingbaiData);
      script.onerror = reject;
      document.head.append(script);
    });
  }

  function fetched() {
    return fetch(FILE, { cache: "no-cache" }).then((response) => {
      if (!response.ok) throw new Error(response.status);
      const when = response.headers.get("X-When");
      copy.hidden = !when;
      copy.textContent = when ? `没有连上网，这是${decodeURIComponent(when).trim()}存下的。` : "";
      return response.json();
    });
  }

  // China has one time zone.
  function today() {
    return new Date(Date.now() + 288e5).toISOString().slice(0, 10);
  }

  function read() {
    lines = [];
    for (const record of records) {
      if (record.until && record.until < today()) continue;
      record.rows.forEach((row, at) => {
        const line = { record, row, shown: "", name: "", groupName: "", group: "", title: record.scheme, amount: null, day: "", facts: [] };
        for (const [kind, label, unit, texts] of record.parts) {
          const text = typeof texts === "string" ? texts : texts[at];
          if (kind === "name") line.shown = text;
          else if (kind === "group") line.groupName = text;
          else if (kind === "title") line.title = text || record.scheme;
          else if (kind === "amount") line.amount = { label, unit, text };
          else if (kind === "date") line.day = text && `${label} ${said(text)}`;
          else if (!ZERO.test(text)) line.facts.push(`${label} ${said(text)}${unit && ` ${unit}`}`);
        }
        line.name = plain(line.shown);
        line.group = groupOf(plain(line.groupName));
        lines.push(line);
      });
    }
  }

  // ----------------------------------------------------------------------------- what is shown

  // As people say a day.
  function said(text) {
    const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) || [];
    return year ? `${year}年${Number(month)}月${Number(day)}日` : text;
  }

  const different = (some, key) => Array.from(new Set(some.map((line) => line[key])));

  function element(tag, css, text) {
    const made = document.createElement(tag);
    if (css) made.className = css;
    if (text) made.textContent = text;
    return made;
  }

  function together(some, key) {
    const groups = new Map();
    for (const line of some) groups.set(key(line), (groups.get(key(line)) || []).concat(line));
    return Array.from(groups.values());
  }

  // Their sum in words; empty where it may not be told: no list with masked names has one.
  function total(some) {
    const { sum } = some[0].record;
    if (!sum || some.some((line) => line.record.sum !== sum)) return "";
    const amounts = some.filter((line) => line.amount.text).map((line) => line.amount.text);
    return amounts.length ? `${sum} ${sumOf(amounts)} 元` : "";
  }

  // 3 笔 of money, 3 条 of what else there is.
  function counted(some) {
    return `${some.length} ${some.every(({ amount }) => amount && amount.unit === "元") ? "笔" : "条"}`;
  }

  function oneLine({ record, row, shown, groupName, amount, day, facts }) {
    const item = element("li");
    if (amount && amount.text) {
      item.append(element("b", "mine-sum", `${amount.label && `${amount.label} `}${amount.text} ${amount.unit}`));
    }
    if (day) item.append(element("span", "", day));
    const words = [groupName].concat(facts).filter(Boolean);
    item.append(element("span", amount && amount.text ? "mine-facts" : "", words.join("，")));
    if (record.masked) item.append(element("span", "mine-maybe", `可能是您家的：名单上写的是“${shown}”`));
    const link = element("a", "", record.title);
    link.href = `${root}${record.url}#r${row}`;
    item.append(link);
    return item;
  }

  function card(some, isOne, isGroup) {
    const made = element("section", "card");
    const sum = isOne || isGroup ? total(some) : "";
    made.append(element("h2", "", some[0].title));
    if (some[0].title !== some[0].record.scheme) made.append(element("p", "note", some[0].record.scheme));
    if (isGroup || some.length > 1) {
      made.append(element("p", "mine-total", `${counted(some)}${sum && `，${sum}`}`));
    }
    const list = element("ul");
    if (!isGroup) for (const line of some) list.append(oneLine(line));
    else for (const [line] of together(some, (one) => one.record)) {
      const link = element("a", "", line.record.title), item = element("li");
      link.href = `${root}${line.record.url}`;
      item.append(link);
      list.append(item);
    }
    made.append(list);
    return made;
  }

  function offer(words, names) {
    choice.textContent = "";
    if (!names.length) return;
    choice.append(element("p", "", words));
    for (const name of names.slice(0, MOST_NAMES)) {
      const button = element("button", "", name);
      button.type = "button";
      button.addEventListener("click", () => {
        field.value = name;
        run();
        told.scrollIntoView({ block: "nearest" });
      });
      choice.append(button);
    }
    if (names.length > MOST_NAMES) choice.append(element("p", "note", `还有 ${names.length - MOST_NAMES} 个姓名，请在上面输入自己的。`));
  }

  // By their numbers, else as the lists have them.
  function groups() {
    const each = together(lines.filter((line) => line.group), (line) => line.group).map(([line]) => line);
    return each.sort((a, b) => a.group - b.group || 0).map((line) => line.groupName);
  }

  function show(text, found, isGroup) {
    const names = different(found, "shown");
    const isMasked = found.some((line) => line.record.masked);
    const plainly = found.filter((line) => !line.record.masked);
    const isMany = !isGroup && different(plainly, "shown").length > 1;
    const inGroups = different(plainly.filter((line) => line.group), "group").length;
    const isOne = inGroups < 2;
    offer(isGroup ? `${found[0].groupName}有这些姓名，点自己的：` : `有 ${names.length} 个姓名，点自己的：`,
      isGroup || isMany ? names : []);
    cards.textContent = "";
    if (isMany) {
      told.textContent = "";
      return;
    }
    const schemes = together(found, (line) => `${line.record.scheme} ${line.title}`);
    for (const some of schemes) cards.append(card(some, isOne, isGroup));
    const sums = found.length > 1 && (isOne || isGroup) ? together(found, (line) => line.record.scheme)
      .map((some) => [some[0].record.scheme, total(some)]).filter(([, sum]) => sum).map((words) => words.join(" ")) : [];
    const places = different(found.filter((line) => line.group), "groupName");
    const nearer = places.length > 1 ? `写上组再找，更准，例如：${places[0]} ${text}。` : "";
    const care = isGroup ? "" : isMasked ? `有的姓名遮盖了，可能是别家的。${nearer}`
      : inGroups > 1 ? `分在 ${inGroups} 个组，同名的不一定是一家，不加在一起。` : "";
    told.textContent = `${isGroup ? found[0].groupName : text}：${counted(found)}${sums.length ? `。${sums.join("，")}` : ""}。${care}`;
  }

  function run() {
    const text = field.value.trim();
    const [found, isGroup] = text ? chosen(lines, text) : [[], false];
    submit.hidden = Boolean(text);
    clear.hidden = !text;
    if (found.length) {
      show(text, found, isGroup);
    } else {
      cards.textContent = "";
      told.textContent = text ? `没有找到“${text}”。看看字对不对，也可以只输一个姓。公示期满的名单，姓名已经撤下。` : "";
      offer("也可以不打字，点自己的组：", groups());
    }
    const isKept = text && text === stored("localStorage", KEPT);
    keeping.hidden = !cards.firstChild || isGroup;
    keeping.firstElementChild.textContent = isKept ? "不再记住" : "记住，下次打开就看到";
  }

  function begin(content) {
    const carried = stored("sessionStorage", CARRIED), kept = stored("localStorage", KEPT);
    records = content;
    store("sessionStorage", CARRIED, "");
    read();
    box.hidden = false;
    if (!field.value) field.value = carried || kept;
    run();
    if (!field.value) field.focus({ preventScroll: true });
  }

  field.addEventListener("input", (event) => event.isComposing || run());
  field.addEventListener("compositionend", run);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  clear.addEventListener("click", () => {
    field.value = "";
    run();
    field.focus();
  });
  keeping.addEventListener("click", () => {
    const text = field.value.trim();
    store("localStorage", KEPT, text === stored("localStorage", KEPT) ? "" : text);
    run();
  });
  // A page that was left open overnight shows no names that came down meanwhile.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    read();
    run();
  });
  (location.protocol === "file:" ? fromScript() : fetched()).then(begin, () => {
    copy.hidden = false;
    copy.textContent = "名单没有取到。有网络时再打开一次，或者点开下面的名单自己找。";
  });
})();
