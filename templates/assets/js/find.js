/* Looks through the page itself: one's own rows of a table with their sum, or the lines of a list.
 * Nothing is sent, stored or put into the address. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const NUMERALS = ["〇零", "一壹", "二贰貳两", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖", "十拾"];

  const all = (css) => Array.from(document.querySelectorAll(css));
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s·•・‧.]/g, "");
  const wordsOf = (text) => text.split(/[\s,，、]+/).map(plain).filter(Boolean);

  // 第三村民小组, 叁组, ３组 and 3 are one group: 3.
  function groupOf(text) {
    const core = text.replace(/^第/, "").replace(/(村民组|村民小组|党?小组|[组社队屯])$/, "");
    let number = 0;
    let ten = false;
    for (const character of core) {
      const value = NUMERALS.findIndex((same, at) => same.includes(character) || String(at) === character);
      if (value < 0) return core;
      number = value === 10 ? (number || 1) * 10 : number * (ten ? 1 : 10) + value;
      ten = ten || value === 10;
    }
    return core && String(number);
  }

  // Whether 张* or 周*国 may stand for a name.
  function mayBe(masked, name) {
    const [head, tail] = masked.split(/\*+/);
    return tail !== undefined && name.length > head.length + tail.length
      && name.startsWith(head) && name.endsWith(tail);
  }

  // A sum as amounts are written, counted in whole smallest units: nothing is rounded.
  function sumOf(texts) {
    const parts = texts.map((text) => [...text.replace(/,/g, "").split("."), ""]);
    const places = Math.max(...parts.map((part) => part[1].length));
    const total = parts.reduce((sum, part) => sum + Number(part[0] + part[1].padEnd(places, "0")), 0);
    const digits = String(Math.abs(total)).padStart(places + 1, "0");
    const end = digits.length - places;
    const whole = digits.slice(0, end).replace(/\B(?=(\d{3})+$)/g, ",");
    return (total < 0 ? "-" : "") + whole + (places ? "." + digits.slice(end) : "");
  }

  // Both finders have lines with their elements, and a function from what is asked to the lines
  // found and what is said of them.
  function tableFinder({ name, group, sums, word }) {
    const cell = (row, at) => (row.cells[at] ? row.cells[at].textContent.trim() : "");
    const lines = all(".rows tr.row").map((row) => {
      const elements = [row];
      for (let next = row.nextElementSibling; next && next.matches(".because"); next = next.nextElementSibling) elements.push(next);
      return { elements, row, name: plain(cell(row, name)), group: groupOf(plain(cell(row, group))) };
    });
    const different = (found, key) => new Set(found.map((line) => line[key])).size;

    // The lines of a group, else of exactly this name, else of names that hold the word; but 伍 and
    // 陆 are surnames first. And whether it is a group.
    function choose(asked) {
      const own = groupOf(asked);
      const inGroup = (line) => own && line.group === own;
      const tests = [inGroup, (line) => line.name === asked || mayBe(line.name, asked), (line) => asked && line.name.includes(asked)];
      if (/^[伍陆]$/.test(asked)) tests.reverse();
      const test = tests.find((one) => lines.some(one));
      return [test ? lines.filter(test) : [], test === inGroup];
    }

    return [lines, (text) => {
      let [found, isGroup] = choose(plain(text));
      const words = wordsOf(text);
      if (!found.length && words.length > 1) { // 三组 周建国
        found = words.map((one) => choose(one)[0]).reduce((some, more) => some.filter((line) => more.includes(line)));
        isGroup = false;
      }
      if (!found.length) return [found, `没有找到“${text}”。看看字对不对，也可以只输一个姓。`];
      const names = different(found, "name");
      const told = [
        `${isGroup ? cell(found[0].row, group) : text}：${isGroup || names < 2 ? "" : `${names} 个姓名、`}${found.length} ${word}`,
        ...JSON.parse(sums).map(([at, words, unit]) =>
          `${words} ${sumOf(found.map((line) => cell(line.row, at)))} ${unit}`),
      ].join("，");
      const groups = names < 2 && different(found, "group");
      const care = isGroup ? "" : found.some((line) => line.name.includes("*")) ? "姓名遮盖了，可能是别家的。"
        : groups > 1 ? `分在 ${groups} 个组，同名的不一定是一家。` : "";
      return [found, `${told}。${care}`];
    }];
  }

  function lineFinder() {
    const lines = all("[data-words]").map((element) => (
      { elements: [element], text: plain(element.dataset.words ? element.firstElementChild.textContent + element.dataset.words : element.textContent) }));

    return [lines, (text) => {
      const holding = (words, least) => lines.filter((line) =>
        words.filter((word) => line.text.includes(word)).length >= words.length * least);
      const exact = holding(wordsOf(text), 1);
      if (exact.length) return [exact, `找到 ${exact.length} 项。`];
      const joined = plain(text); // lines with half of the pairs of characters
      const pairs = Array.from(joined.slice(1), (_, at) => joined.slice(at, at + 2));
      const near = pairs.length > 1 ? holding(pairs, .5) : [];
      return [near, near.length ? `没有一模一样的，相近的有 ${near.length} 项。` : `没有找到“${text}”，换个说法试试。`];
    }];
  }

  for (const place of all("[data-find]")) {
    const form = place.querySelector("form");
    const [field, submit, clear] = form.elements;
    const [lines, find] = place.dataset.find === "rows" ? tableFinder(place.dataset) : lineFinder();
    const run = () => {
      const text = field.value.trim();
      const [found, told] = text ? find(text) : [lines, ""];
      for (const line of lines) for (const element of line.elements) element.hidden = !found.includes(line);
      for (const table of all(".rows")) table.classList.toggle("finding", Boolean(text));
      for (const part of all("[data-part]")) {
        part.hidden = !part.querySelector("[data-words]:not([hidden])");
        if (part.matches(".fold")) part.open = Boolean(text);
      }
      for (const mark of all(".whole")) mark.hidden = !text;
      submit.hidden = Boolean(text);
      clear.hidden = !text;
      form.querySelector(".found").textContent = told;
    };
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
    place.hidden = false;
    if (field.value) run();
  }
})();
