/* Under which terms a text is found, as in generator/render/search/analysis.py: the two must stay
 * equal; tests/test_search.py compares them. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const ANY = "@"; // the term of every document; dates begin with it
  const SOUND = "~"; // with this begin the terms of how characters are read
  const NAME = 4; // characters: of shorter runs, as names are, the first letters are terms
  const WINDOW = 4;

  const SPACE = new RegExp(
    "[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+", "gu");
  const THOUSANDS = /([0-9]),(?=[0-9]{3}(?![0-9]))/g;
  const COMMAS = /([0-9]),(?=[0-9])/g;
  const ALNUM = "0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff";
  const ANY_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}";
  const BREAK = new RegExp("([" + ANY_HAN + "])\n(?=[" + ANY_HAN + "])", "gu");
  const RUN = new RegExp(
    "([" + ANY_HAN + "]+)" +
    "|[" + ALNUM + "]+(?:\\.[0-9][" + ALNUM + "]*)*", "gu");
  // The last branch swallows whole digit runs, so that no date begins inside a longer number.
  const DATE = new RegExp(
    "([0-9]{4}) ?年 ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?[日号])?" +
    "|([0-9]{4})([-/.])([0-9]{1,2})\\5([0-9]{1,2})(?![0-9])" +
    "|([0-9]{4})-([0-9]{2})(?!-?[0-9])" +
    "|[0-9]+", "g");
  const HAN = /[\u3400-\u9fff\u{20000}-\u{3ffff}]/gu;
  const LETTERS = /(^| )[a-zü'’][a-zü'’ ]*[a-zü'’]( |$)/;
  const MONTH = /((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])/g;
  const DAY = /([0-9]{1,2})月([0-9]{1,2})[日号]/g;
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  function allMatches(pattern, text) {
    const matches = [];
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) matches.push(match);
    return matches;
  }

  // ------------------------------------------------------------------------- what tables say

  // Numbers in digits of five bits, the lowest first, as in generator/render/search/digits.py.
  function numbersOf(text) {
    const numbers = [];
    let value = 0, scale = 1;
    for (const one of text) {
      const digit = DIGITS.indexOf(one);
      value += (digit & 31) * scale;
      scale *= 32;
      if (digit & 32) continue;
      numbers.push(value);
      value = 0;
      scale = 1;
    }
    return numbers;
  }

  // Traditional characters are folded to simplified ones. Texts hold few, which come with them; the
  // table of all is fetched for a query only. What GB 2312 has never needs it:
  const folds = new Map();
  let traditional;

  function learn(pairs) {
    const characters = Array.from(pairs);
    for (let at = 0; at < characters.length; at += 2) folds.set(characters[at], characters[at + 1]);
    traditional = new RegExp("[" + Array.from(folds.keys()).join("") + "]", "gu");
  }

  learn("乾干吒咤夥伙後后徵征拚拼捱挨摺折於于榘矩菸烟薹苔袷夹醣糖麴曲麽么");

  function learnTable(table) {
    const numbers = numbersOf(table), pairs = [];
    for (let at = 0, one = 0; at < numbers.length; at += 2) {
      const off = numbers[at + 1];
      one += numbers[at];
      pairs.push(String.fromCodePoint(one, one + (off % 2 ? -(off - 1) : off) / 2));
    }
    learn(pairs.join(""));
  }

  let common = "";

  function isCommon(character) {
    if (!common) {
      const bytes = [];
      for (let row = 0xb0; row < 0xf8; row++) for (let at = 0xa1; at < 0xff; at++) bytes.push(row, at);
      common = new TextDecoder("gbk").decode(new Uint8Array(bytes));
    }
    return common.includes(character);
  }

  // How characters are read: by the table, which is fetched for a query of letters only, and by
  // what people of a place say.
  const readings = new Map();
  let syllables = null;

  function readingsOf(character) {
    return readings.get(character) || [];
  }

  function hear(character, syllable) {
    const known = readingsOf(character);
    if (!known.includes(syllable)) readings.set(character, known.concat(syllable).sort());
  }

  function hearAll(words) {
    for (const word of words.split(" ").filter(Boolean)) {
      const [character] = word;
      hear(character, word.slice(character.length));
    }
  }

  function hearTable(table) {
    for (const syllable of Object.keys(table)) {
      let code = 0;
      for (const step of numbersOf(table[syllable])) hear(String.fromCodePoint(code += step), syllable);
    }
    syllables = new Set(Object.keys(table));
  }

  function knowsSounds() {
    return syllables !== null;
  }

  function isSyllable(letters) {
    return syllables.has(letters);
  }

  // The syllables that begin so.
  function begunBy(letters) {
    return Array.from(syllables).filter((syllable) => syllable.startsWith(letters));
  }

  function isBeginning(letters) {
    return begunBy(letters).length > 0;
  }

  // Whether two words of characters can be read alike, as far as the table is here.
  function sameSound(one, other) {
    const ones = Array.from(plain(one)), others = Array.from(plain(other));
    return ones.length === others.length && ones.every((character, at) => (
      character === others[at] ||
      readingsOf(character).some((syllable) => readingsOf(others[at]).includes(syllable))));
  }

  // Fetches the tables that a query needs; it is searched without those that cannot be had. `get`
  // gives the content of a file by its path.
  function prepare(query, get) {
    const asked = [], text = plain(query);
    const ask = (path, use) => asked.push(get("search/" + path + ".json").then(use).catch(() => {}));
    const rare = allMatches(HAN, text).some(([one]) => !isCommon(one));
    if (rare && folds.size < 1000) ask("traditional", learnTable);
    if (LETTERS.test(text) && !syllables) ask("sounds", hearTable);
    return Promise.all(asked);
  }

  // ------------------------------------------------------------------------------------ texts

  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/ς/g, "σ").replace(BREAK, "$1")
      .replace(SPACE, " ").replace(traditional, (one) => folds.get(one));
  }

  function plain(text) {
    return fold(text).replace(/^ | $/g, "");
  }

  function normalise(text) {
    return plain(text).replace(THOUSANDS, "$1");
  }

  function joined(folded) {
    return folded.replace(COMMAS, "$1");
  }

  function dateForm(match) {
    let year = match[1], month = match[2], day = match[3];
    if (match[4]) {
      year = match[4]; month = match[6]; day = match[7];
    } else if (match[8]) {
      year = match[8]; month = match[9];
    } else if (!year && match[0].length === 8) {
      year = match[0].slice(0, 4); month = match[0].slice(4, 6); day = match[0].slice(6);
    }
    if (!year || year < "1900" || year > "2099" || +month < 1 || +month > 12) return "";
    if (day === undefined) return year + month.padStart(2, "0");
    return +day >= 1 && +day <= 31 ? year + month.padStart(2, "0") + day.padStart(2, "0") : "";
  }

  function dateForms(text) {
    return allMatches(DATE, plain(text)).map(dateForm).filter(Boolean);
  }

  function pairs(characters) {
    return characters.slice(1).map((second, at) => characters[at] + second);
  }

  function wholes(run) {
    const point = run.indexOf(".");
    return point < 0 ? [run] : [run, run.slice(0, point)];
  }

  function windows(run) {
    return run.split("").slice(WINDOW - 1).map((_, at) => run.slice(at, at + WINDOW));
  }

  function dateTerms(folded) {
    const found = new Set();
    for (const form of allMatches(DATE, folded).map(dateForm).filter(Boolean)) {
      found.add(form.slice(0, 6));
      if (form.length > 6) found.add(form).add(form.slice(4));
    }
    for (const match of allMatches(MONTH, folded)) found.add(match[1] + match[2]);
    for (const [, month, day] of allMatches(DAY, folded)) {
      const end = day.padStart(2, "0"); // 2月3日 stands within 12月3日 as well
      found.add(month.padStart(2, "0") + end).add("0" + month.slice(-1) + end);
    }
    return Array.from(found, (form) => ANY + form).sort();
  }

  function termsOf(text) {
    const folded = plain(text), squeezed = joined(folded);
    const normal = folded.replace(THOUSANDS, "$1");
    const terms = [];
    for (const match of allMatches(RUN, squeezed)) {
      if (match[1]) {
        const characters = Array.from(match[0]);
        terms.push(...characters, ...pairs(characters));
      } else {
        terms.push(...wholes(match[0]), ...(match[0].length > WINDOW ? windows(match[0]) : []));
      }
    }
    if (squeezed !== normal) { // 2,3 may be two numbers or one
      for (const match of allMatches(RUN, normal)) if (!match[1]) terms.push(...wholes(match[0]));
    }
    return terms.concat(dateTerms(folded));
  }

  // The terms of how names are read, and all runs of a title: each two syllables that follow each
  // other, and of a name the first letters of its first two characters, three, four, of a title's run
  // those of two, and with which syllable it begins. Of texts that are here whole, `isHere`, all runs
  // are read, with the first letters of all neighbours, and with which syllables names begin.
  function soundsOf(text, isTitle, isHere) {
    const terms = [];
    for (const [, han] of allMatches(RUN, plain(text))) {
      const read = Array.from(han || "", readingsOf), isName = read.length <= NAME;
      if (read.length < 2 || !(isName || isTitle || isHere)) continue;
      const letters = read.map((ones) => Array.from(new Set(ones.map(([letter]) => letter))).sort());
      const few = isName ? NAME : isTitle ? 2 : 1;
      let heads = crossed([SOUND], letters[0]);
      read.slice(1).forEach((second, at) => terms.push(...crossed(crossed([SOUND], read[at]), second)));
      if (isTitle || (isHere && isName)) terms.push(...crossed([SOUND], read[0]));
      letters.slice(1).forEach((second, at) => {
        heads = at + 1 < few ? crossed(heads, second) : [];
        if (isHere && (at || few < 2)) terms.push(...crossed(crossed([SOUND], letters[at]), second));
        terms.push(...heads);
      });
    }
    return terms;
  }

  function crossed(heads, tails) {
    return [].concat(...heads.map((head) => tails.map((tail) => head + tail)));
  }

  // FNV-1a over UTF-16 units, folded to 12 bits.
  function bucketOf(term) {
    let value = 0x811c9dc5;
    for (let at = 0; at < term.length; at++) {
      value = Math.imul(value ^ term.charCodeAt(at), 0x01000193);
    }
    return (value ^ value >>> 15) & 4095;
  }

  window.mingbaiSearch = {
    ANY, SOUND, NAME, WINDOW, RUN, DATE, THOUSANDS, allMatches, DIGITS, numbersOf, learn, hearAll, prepare,
    readingsOf, knowsSounds, isSyllable, isBeginning, begunBy, sameSound, fold, plain, normalise, joined, dateForm,
    dateForms, pairs, windows, BREAK, termsOf, soundsOf, bucketOf,
  };
})();
