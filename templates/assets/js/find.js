/* Looks through the page itself: one's own rows of a table with their sum, or the lines of a list.
 * Nothing is sent, stored or put into the address. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const { plain, wordsOf, groupOf, sumOf, chosen } = window.mingbaiNames;
  const all = (css) => Array.from(document.querySelectorAll(css));

  // Both finders have lines with their elements, and a function from what is asked to the lines
  // found and what is said of them.
  function tableFinder({ name, group, sums, word }) {
    const cell = (row, at) => (row.cells[at] ? row.cells[at].textContent.trim() : "");
    const line = (elements, row, called, own) => ({ elements, row, called: own, name: plain(called), group: groupOf(plain(own)) });
    const lines = all(".rows tr.row").map((row) => {
      const elements = [row];
      for (let next = row.nextElementSibling; next && next.matches(".because"); next = next.nextElementSibling) elements.push(next);
      return line(elements, row, cell(row, name), cell(row, group));
    }).concat(all(".roll li").map((one) =>
      line([one], one, one.textContent.trim(), one.parentNode.previousElementSibling.firstChild.textContent.trim())));
    const different = (found, key) => new Set(found.map((line) => line[key])).size;

    return [lines, (text) => {
      const [found, isGroup] = chosen(lines, text);
      if (!found.length) return [found, `没有找到“${text}”。看看字对不对，也可以只输一个姓。`];
      const names = different(found, "name");
      const told = [
        `${isGroup ? found[0].called : text}：${isGroup || names < 2 ? "" : `${names} 个姓名、`}${found.length} ${word}`,
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
      for (const table of all(".rows, .roll")) table.classList.toggle("finding", Boolean(text));
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
    if (field.value) run();
  }
})();
