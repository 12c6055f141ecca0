/* How a result looks: its title, where and when it is from, its best passages with their amounts.
 * Loaded after search-find.js. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const { hitRanges, amountOf } = window.mingbaiSearch;

  const BEFORE_HIT = 24;
  const PASSAGE = 100;
  const PASSAGES = 3;
  const SIDES = { i: "收入", e: "支出", a: "" };

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

  // A part of a text, from the first hit in it; its amount is bold.
  function appendPart(parent, text, ranges, start, end, far, amount) {
    const [hit] = ranges.filter((one) => one[0] >= start && one[0] < end);
    const from = hit && hit[0] - start > far ? cut(text, hit[0] - BEFORE_HIT) : start;
    const to = cut(text, Math.min(end, from + PASSAGE)), { start: a, end: b } = amount || { start: to, end: to };
    if (from > start) parent.append("…");
    appendMarked(parent, text, ranges, from, Math.min(a, to));
    if (a < to) {
      const bold = document.createElement("b");
      const isOdd = !/\.00$/.test(text.slice(a, b)) || ranges.some((one) => one[0] < b && one[1] > b - 3);
      appendMarked(bold, text, ranges, a, isOdd ? b : b - 3); // idle zeros only where they were typed
      parent.append(bold);
      appendMarked(parent, text, ranges, b, to);
    }
    if (to < end) parent.append("…");
  }

  // What is said, and what stands behind it where a hit is there: see generator/views/labels.py.
  function appendPassage(parent, text, words, amount) {
    const ranges = hitRanges(text, words), tab = text.indexOf("\t"), end = tab < 0 ? text.length : tab;
    appendPart(parent, text, ranges, 0, end, PASSAGE / 2, amount);
    if (!ranges.some((one) => one[1] > end)) return;
    if (!ranges.some((one) => one[0] < end)) {
      parent.append(" ");
      appendPart(parent, text, ranges, end + 1, text.length, BEFORE_HIT);
    }
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

  // `where` is what is known of the place and the kind: what the title does not say. `here` is the
  // name of the place in which all is, which no title needs to say.
  function resultItem({ url, title, day, hits }, words, root, where, here) {
    const item = document.createElement("li"), link = linkTo(root + url, hits[0][0]);
    const [name] = title.split("\t"), from = here && name.startsWith(here + " ") ? here.length + 1 : 0;
    appendMarked(link, name, hitRanges(name, words, true), from, name.length);
    item.append(link);
    const said = where.filter((one) => one && !title.includes(one)).concat(day ? [dayWords(day)] : []);
    if (said.length) addLine(item, said.join(" · "), "meta");
    for (const hit of hits.slice(0, PASSAGES)) {
      const [fragment, text] = hit;
      if (!text) continue;
      const paragraph = document.createElement("p");
      const parent = hits.length > 1 ? linkTo(root + url, fragment) : paragraph;
      appendPassage(parent, text, words, amountOf(hit));
      if (parent !== paragraph) paragraph.append(parent);
      item.append(paragraph);
    }
    if (hits.length > PASSAGES) addLine(item, "这里还有 " + (hits.length - PASSAGES) + " 处", "hint");
    return item;
  }

  Object.assign(window.mingbaiSearch, { SIDES, linkTo, money, resultItem });
})();
