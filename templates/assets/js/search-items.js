/* How a result looks: its title, where and when it is from, its best passages with their amounts.
 * Loaded after search-find.js. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const { hitRanges, amountOf } = window.mingbaiSearch;

  const BEFORE_HIT = 24;
  const PASSAGE = 100;
  const PASSAGES = 3;
  const SIDES = { i: "收入 ", e: "支出 ", a: "" };

  // Never cut a character outside the basic plane in two.
  function cut(text, at) {
    return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
  }

  function appendMarked(parent, text, ranges, from, to) {
    let at = from;
    for (const [start, end] of ranges) {
      if (end <= from || start >= to) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(Math.max(start, from), Math.min(end, to));
      parent.append(text.slice(at, Math.max(start, from)), mark);
      at = Math.min(end, to);
    }
    parent.append(text.slice(at, to));
  }

  function appendPassage(parent, text, words) {
    const ranges = hitRanges(text, words);
    const first = ranges.length ? ranges[0][0] : 0;
    const from = first > PASSAGE / 2 ? cut(text, first - BEFORE_HIT) : 0;
    const to = cut(text, Math.min(text.length, from + PASSAGE));
    if (from > 0) parent.append("…");
    appendMarked(parent, text, ranges, from, to);
    if (to < text.length) parent.append("…");
  }

  function linkTo(address, fragment) {
    const link = document.createElement("a");
    link.href = address + (fragment ? "#" + fragment : "");
    return link;
  }

  function addLine(parent, text, name) {
    const line = document.createElement("p");
    line.className = name;
    line.textContent = text;
    parent.append(line);
    return line;
  }

  function dayWords(day) {
    const [year, month, date] = day.split("-");
    return year + "年" + Number(month) + "月" + Number(date) + "日";
  }

  // Sums are counted in whole cents: nothing is rounded.
  function money(cents) {
    const digits = String(Math.abs(cents)).padStart(3, "0");
    return (cents < 0 ? "-" : "") + digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",") + "." + digits.slice(-2);
  }

  // `where` is what is known of the place and the kind: what the title does not say.
  function resultItem({ url, title, day, hits }, words, root, where) {
    const item = document.createElement("li"), link = linkTo(root + url, hits[0][0]);
    appendMarked(link, title, hitRanges(title, words), 0, title.length);
    item.append(link);
    const said = where.filter((one) => one && !title.includes(one)).concat(day ? [dayWords(day)] : []);
    if (said.length) addLine(item, said.join(" · "), "meta");
    for (const hit of hits.slice(0, PASSAGES)) {
      const [fragment, text] = hit;
      if (!text) continue;
      const paragraph = document.createElement("p");
      const parent = hits.length > 1 ? linkTo(root + url, fragment) : paragraph;
      const amount = amountOf(hit);
      appendPassage(parent, amount ? amount.rest : text, words);
      if (parent !== paragraph) paragraph.append(parent);
      item.append(paragraph);
      if (amount) { // said at the end, with what it is
        const told = document.createElement("b");
        told.append(SIDES[amount.side]);
        appendMarked(told, amount.text, hitRanges(amount.text, words), 0, amount.text.length);
        told.append(" 元");
        parent.append(" ", told);
      }
    }
    if (hits.length > PASSAGES) addLine(item, "这里还有 " + (hits.length - PASSAGES) + " 处", "hint");
    return item;
  }

  Object.assign(window.mingbaiSearch, { SIDES, linkTo, money, resultItem });
})();
