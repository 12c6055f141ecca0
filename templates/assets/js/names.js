/* How names, groups and sums of lists are read and compared, for find.js and mine.js.
 * Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const NUMERALS = ["〇零", "一壹", "二贰貳两", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖", "十拾"];

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

  // Of lines that have a `name` and a `group`: those of a group, else of exactly this name, else of
  // names that hold the word; but 伍 and 陆 are surnames first. And whether it is a group.
  function choose(lines, asked) {
    const own = groupOf(asked);
    const inGroup = (line) => own && line.group === own;
    const tests = [inGroup, (line) => line.name === asked || mayBe(line.name, asked), (line) => asked && line.name.includes(asked)];
    if (/^[伍陆]$/.test(asked)) tests.reverse();
    const test = tests.find((one) => lines.some(one));
    return [test ? lines.filter(test) : [], test === inGroup];
  }

  // The same of several words, as 三组 周建国, where all together are none.
  function chosen(lines, text) {
    const [found, isGroup] = choose(lines, plain(text));
    const words = wordsOf(text);
    if (found.length || words.length < 2) return [found, isGroup];
    return [words.map((one) => choose(lines, one)[0]).reduce((some, more) => some.filter((line) => more.includes(line))), false];
  }

  window.mingbaiNames = { plain, wordsOf, groupOf, sumOf, chosen };
})();
