/* Under which terms a text is found, as in generator/render/search/analysis.py: the two must stay
 * equal; tests/test_search.py compares them. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const ANY = "@"; // the term of every document; dates begin with it
  const WINDOW = 4;

  const SPACE = new RegExp(
    "[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+", "gu");
  const THOUSANDS = /([0-9]),(?=[0-9]{3}(?![0-9]))/g;
  const COMMAS = /([0-9]),(?=[0-9])/g;
  const ALNUM = "0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff";
  const RUN = new RegExp(
    "([\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+)" +
    "|[" + ALNUM + "]+(?:\\.[0-9][" + ALNUM + "]*)*", "gu");
  // The last branch swallows whole digit runs, so that no date begins inside a longer number.
  const DATE = new RegExp(
    "([0-9]{4}) ?年 ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?[日号])?" +
    "|([0-9]{4})([-/.])([0-9]{1,2})\\5([0-9]{1,2})(?![0-9])" +
    "|([0-9]{4})-([0-9]{2})(?!-?[0-9])" +
    "|[0-9]+", "g");
  const MONTH = /((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])/g;
  const DAY = /([0-9]{1,2})月([0-9]{1,2})[日号]/g;

  function allMatches(pattern, text) {
    const matches = [];
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) matches.push(match);
    return matches;
  }

  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/ς/g, "σ").replace(SPACE, " ");
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

  // FNV-1a over UTF-16 units, folded to 12 bits.
  function bucketOf(term) {
    let value = 0x811c9dc5;
    for (let at = 0; at < term.length; at++) {
      value = Math.imul(value ^ term.charCodeAt(at), 0x01000193);
    }
    return (value ^ value >>> 15) & 4095;
  }

  window.mingbaiSearch = {
    ANY, WINDOW, RUN, DATE, THOUSANDS, allMatches, fold, plain, normalise, joined, dateForm,
    dateForms, pairs, windows, termsOf, bucketOf,
  };
})();
