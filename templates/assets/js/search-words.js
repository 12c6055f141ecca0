/* What a query asks for, whether a text holds it, and where: words, days, sums of money, letters by
 * which characters are read. What is in quotes is asked for as it is, what has a minus is not wanted.
 * Loaded after search-terms.js. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const {
    ANY, SOUND, NAME, WINDOW, RUN, DATE, THOUSANDS, allMatches, readingsOf, knowsSounds, isSyllable,
    isBeginning, begunBy, fold, plain, normalise, joined, dateForm, dateForms, pairs, windows, BREAK,
  } = window.mingbaiSearch;

  const LONG_RUN = 4; // every other pair of a longer one narrows enough

  const NUMBER = /[0-9]+(?:\.[0-9]+)*/g;
  const SUM = /^([0-9]+)(?:\.([0-9]{1,2}))?$/;
  const PLAIN_SUM = /^¥?[0-9.]+(?:元|块)?$/;
  const MONEY = /^(¥?)([0-9.零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖十百千万亿拾佰仟]+)(元|块钱?)?整?$/;
  const NUMERALS = "零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖两";
  const UNITS = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1e3, 仟: 1e3, 万: 1e4, 亿: 1e8 };
  const LEAST = 100; // a smaller numeral is a sum only where it says so
  const MOST_LETTERS = 24, MOST_WAYS = 12;
  let same = {}, asking = null; // what people say and what pages call it; content/synonyms.yaml

  // A minus; then what is between quotes, of which the last may be missing, or a word.
  const WORD = /([-−]?)(?:["“”„「」『』](.*?)(?:["“”„「」『』](?= |$)|$)|([^ ]+))/g;

  // -------------------------------------------------------------------------- what is asked for

  // Sheets print 9月3日 for 2025-09-03, and people ask for 12000元 where 12,000.00 stands.

  function dayForm(word) {
    const match = /^([0-9]{1,2})月([0-9]{1,2})[日号]$/.exec(word);
    return match ? match[1].padStart(2, "0") + match[2].padStart(2, "0") : "";
  }

  function sumForm(number) {
    const match = SUM.exec(number);
    return match ? match[1].replace(/^0+(?=[0-9])/, "") + "." + (match[2] || "").padEnd(2, "0") : "";
  }

  // 12000 for 1.2万, 一万二, 1万2千: read from left to right; NaN where it is no number.
  function numberOf(numeral) {
    let total = 0, section = 0, number = null, unit = 1;
    for (const part of numeral.match(/[0-9.]+|./g)) {
      const digit = NUMERALS.indexOf(part), scale = UNITS[part];
      if (part === "零" || part === "〇") {
        if (number !== null) return NaN;
        unit = 1;
      } else if (!scale) {
        if (number !== null) return NaN;
        number = digit < 0 ? Number(part) : digit < 10 ? digit : digit < 20 ? digit - 10 : 2;
      } else if (scale < 1e4) {
        if (number === null && (scale > 10 || section)) return NaN;
        section += (number === null ? 1 : number) * scale;
        number = null;
        unit = scale;
      } else {
        if (number === null && !section) return NaN;
        total += (section + (number || 0)) * scale;
        section = 0;
        number = null;
        unit = scale;
      }
    }
    return total + section + (number || 0) * (unit > 10 && number < 10 ? unit / 10 : 1);
  }

  // A sum as 12000.00: 12000元, ¥12000, 1.2万, 三千, 一百二十元.
  function sumOfWord(word) {
    const match = MONEY.exec(word), isMoney = match && (match[1] || match[3]);
    if (!match) return "";
    if (PLAIN_SUM.test(word)) return isMoney ? sumForm(match[2]) : "";
    const cents = numberOf(match[2]) * 100, whole = Math.round(cents);
    if (!(Math.abs(cents - whole) < 1e-3) || whole < (isMoney ? 1 : 100 * LEAST)) return "";
    return /[十百千万亿拾佰仟]/.test(word) || isMoney ? sumForm((whole / 100).toFixed(2)) : "";
  }

  // Numbers that are sums of money: with two decimals, or with 元 or ¥ beside them.
  function sumMatches(normal) {
    return allMatches(NUMBER, normal).filter((match) => {
      const before = normal[match.index - 1], end = match.index + match[0].length;
      return /\.[0-9]{2}$/.test(match[0]) || before === "¥" || /^ ?元/.test(normal.slice(end));
    });
  }

  function sumForms(text) {
    return sumMatches(normalise(text)).map((match) => sumForm(match[0])).filter(Boolean);
  }

  function once(make) {
    let made;
    return () => (made === undefined ? (made = make()) : made);
  }

  // A text, or a title and what is said under it.
  function searchable(text, title) {
    const heads = title ? hanRuns(plain(title)).length : 0;
    return {
      plain: plain(text), normal: normalise(text),
      dates: once(() => dateForms(text)), sums: once(() => sumForms(text)),
      runs: once(() => hanRuns(plain(text)).map(([, run], at) => [run, at < heads])),
    };
  }

  // A word: its text folded, with and without commas; the day or the sum that it is as a whole; the
  // letters by which characters may be read, with the terms of each way to read them; words that
  // may be meant `apart`, where it is several of letters; what is meant `also`; and words that must
  // not stand beside it.
  function exactly(text) {
    return { plain: text, normal: normalise(text), date: "", day: "", sum: "", sounds: [], also: [] };
  }

  function wordOf(text) {
    const full = text.replace(/^(?=[0-9]{2}年[0-9]{1,2}月)/, "20"); // 25年3月
    const match = allMatches(DATE, full)[0], word = exactly(text);
    return Object.assign(word, {
      date: match && match[0] === full ? dateForm(match) : "",
      day: dayForm(text),
      sum: sumOfWord(word.normal),
    });
  }

  function guide(known) {
    same = known.same;
    asking = known.asking.length ? new RegExp(known.asking.join("|"), "g") : null;
  }

  // What may be meant by a word: what pages call it, and the same of it without how one asks.
  function meantBy(text) {
    const called = (one) => (Object.prototype.hasOwnProperty.call(same, one) ? same[one] : []);
    const rest = asking ? text.replace(asking, "") : text;
    return called(text).concat(rest && rest !== text ? [rest].concat(called(rest)) : []).map((one) => wordOf(plain(one)));
  }

  function wordsOf(query) {
    const words = [], without = [];
    let letters = [];
    for (const [, minus, quoted, bare] of allMatches(WORD, plain(query))) {
      const text = bare || quoted.trim();
      if (minus && text) without.push(bare ? wordOf(text) : exactly(text));
      if (minus || !text) continue;
      const word = bare ? withSounds(wordOf(text), text) : exactly(text);
      if (bare) word.also = meantBy(text);
      letters = bare && lettersOf(text) ? letters.concat(word) : [];
      words.push(word);
      const together = letters.length > 1 && inOne(letters);
      if (together) words.splice(-letters.length, letters.length, together);
      letters = together ? together.apart : letters;
    }
    return words.map((word) => Object.assign(word, { without }));
  }

  // The exact check. A month finds its days as well.
  function holds(part, word) {
    return contains(part, word) && !word.without.some((one) => contains(part, one));
  }

  function contains(part, word) {
    if (word.sounds.length && part.runs().some(([run, isTitle]) => heardIn(run, word, isTitle).length)) return true;
    if (word.apart) return word.apart.every((one) => contains(part, one));
    if (word.also.some((one) => contains(part, one))) return true;
    return part.normal.includes(word.normal) || part.plain.includes(word.plain) ||
      (word.date !== "" && part.dates().some((date) => date.startsWith(word.date))) ||
      (word.day !== "" && part.dates().some((date) => date.slice(4) === word.day)) ||
      (word.sum !== "" && part.sums().includes(word.sum));
  }

  // ---------------------------------------------------------------------- as characters are read

  // The letters of a word that has no others, as the table spells them.
  function lettersOf(text) {
    const letters = text.replace(/['’]/g, "").replace(/ü/g, "v").replace(/([ln])ve/g, "$1ue");
    return /^[a-z]+$/.test(letters) && letters.length <= MOST_LETTERS ? letters : "";
  }

  function withSounds(word, text) {
    const letters = lettersOf(text.replace(/ /g, ""));
    return Object.assign(word, { letters, sounds: letters && knowsSounds() ? soundsOfLetters(letters) : [] });
  }

  // Words of letters as one, as in liu xi; where too many ways would have to be tried, none.
  function inOne(words) {
    const text = words.map((word) => word.plain).join(" ");
    const word = withSounds(Object.assign(exactly(text), { apart: words }), text);
    return word.sounds.length && waysOf(word).length <= MOST_WAYS ? word : null;
  }

  function areInitials(letters) {
    return letters.length > 1 && letters.length <= NAME && letters.split("").every(isBeginning);
  }

  // The terms of each way to read letters as two characters or more. The last of them may be
  // unfinished, and each may be its first letter, where both begin a name.
  function soundsOfLetters(letters) {
    const found = new Map();
    const add = (terms) => found.set(terms.join(), terms);
    const read = (rest, last, terms) => {
      for (let end = 1; end <= Math.min(rest.length, 6); end++) {
        const syllable = rest.slice(0, end), left = rest.slice(end);
        if (!isSyllable(syllable)) continue;
        const more = last ? terms.concat(SOUND + last + syllable) : terms;
        if (left) read(left, syllable, more);
        else if (last) add(more);
      }
      if (last && !isSyllable(rest) && isBeginning(rest)) add(terms.length ? terms : [SOUND + last[0] + rest[0]]);
    };
    read(letters, "", []);
    if (areInitials(letters)) add([SOUND + letters]);
    const ways = Array.from(found.values());
    if (ways.length <= MOST_WAYS) return ways;
    return Array.from(new Set(ways.map(([first]) => first)), (first) => [first]);
  }

  // Letters that are not all typed yet, as a word: what begins so is meant. `isHere`: where each
  // syllable that the first letters may become can be looked for.
  function begun(query, isHere) {
    const text = plain(query), letters = lettersOf(text.replace(/ /g, "")), ways = new Map();
    if (!letters || !knowsSounds()) return [];
    const add = (terms) => ways.set(terms.join(), terms);
    const read = (rest, last, terms) => {
      if (last && isBeginning(rest)) add(terms.length ? terms : [SOUND + last[0] + rest[0]]);
      for (let end = 1; end < Math.min(rest.length, 7); end++) {
        const syllable = rest.slice(0, end);
        if (isSyllable(syllable)) read(rest.slice(end), syllable, last ? terms.concat(SOUND + last + syllable) : terms);
      }
    };
    read(letters, "", []);
    if (areInitials(letters)) add([SOUND + letters]);
    (isHere ? begunBy(letters) : [letters].filter(isSyllable)).forEach((syllable) => add([SOUND + syllable]));
    const sounds = Array.from(ways.values()).slice(0, isHere ? Infinity : MOST_WAYS);
    return sounds.length ? [Object.assign(exactly(text), { letters, sounds, isBegun: true, without: [] })] : [];
  }

  // Whether letters may be of a word that is not typed in full: of one syllable, or the last goes on.
  function mayGoOn(query) {
    const letters = lettersOf(plain(query).replace(/ /g, ""));
    const goes = (rest, isFirst) => begunBy(rest).some((one) => isFirst || one !== rest) ||
      rest.split("").some((_, at) => at > 0 && isSyllable(rest.slice(0, at)) && goes(rest.slice(at), false));
    return letters.length === 1 || (letters !== "" && knowsSounds() && goes(letters, true));
  }

  function hanRuns(text) {
    return allMatches(RUN, text).filter(([, han]) => han)
      .map((match) => [match.index, Array.from(match[0])]);
  }

  // Where characters of a run sound like the letters of a word, [from, to). The last syllable may be
  // unfinished where a name begins so, and everywhere where the word `isBegun`; one syllable alone
  // is looked for only then, where a name or a title begins.
  function heardIn(run, { letters, isBegun }, isTitle) {
    const found = [], isName = run.length <= NAME;
    const mayEnd = (rest, isFirst) => isBegun || (isFirst && isName && !isSyllable(rest));
    const most = (at, rest, isFirst) => Math.max(0, ...(at < run.length ? readingsOf(run[at]) : []).map((syllable) => {
      if (syllable === rest) return 1;
      if (!rest.startsWith(syllable)) return syllable.startsWith(rest) && mayEnd(rest, isFirst) ? 1 : 0;
      const more = most(at + 1, rest.slice(syllable.length), isFirst);
      return more && more + 1;
    }));
    run.forEach((_, at) => {
      const number = most(at, letters, at === 0);
      if (number > 1 || (number && isBegun && !at && run.length > 1 && (isName || isTitle))) found.push([at, at + number]);
    });
    const begins = (letter, at) => readingsOf(run[at]).some((syllable) => syllable[0] === letter);
    if (isName && letters.length > 1 && letters.length <= run.length && letters.split("").every(begins)) {
      found.push([0, letters.length]);
    }
    return found;
  }

  // ------------------------------------------------------------------------ by which terms

  function thinned(terms) {
    if (terms.length < LONG_RUN) return terms;
    return terms.filter((_, at) => at % 2 === 0 || at === terms.length - 1);
  }

  // The terms that every document has which has the text, and those of its runs that may be parts
  // of longer ones, which come first where they are whole. A run may go on before or behind the
  // text, and also where only a comma or a point is between: the index may have joined them.
  function literal(text) {
    const required = [], single = [], wished = [];
    const isOpen = (beside, isLast) => beside === undefined || (isLast && /[.,]/.test(beside));
    for (const match of allMatches(RUN, text)) {
      const [run, han] = match, start = match.index, end = start + run.length;
      if (han) {
        const characters = Array.from(han);
        if (characters.length === 1) single.push(han);
        else required.push(...thinned(pairs(characters)));
      } else if (!isOpen(text[start - 1], start === 1) && !isOpen(text[end], end === text.length - 1)) {
        required.push(run);
      } else {
        if (run.length >= WINDOW) required.push(...thinned(windows(run)));
        if (run.length !== WINDOW) wished.push(run);
      }
    }
    return { required: required.length ? required : single, wished };
  }

  // The word's ways of being written. What is wholly a day or a sum is asked for as such.
  function waysOf(word) {
    const also = [].concat(...word.also.map(waysOf)).map((way) => Object.assign(way, { isOther: true }));
    return ownWays(word).concat(also);
  }

  function ownWays(word) {
    const sounds = word.sounds.map((required) => ({ required, wished: [], isOther: true }));
    if (word.isBegun) return sounds;
    if (word.apart) return sounds.concat(word.apart.map(waysOf).reduce(waysOfBoth));
    if (word.day) return [{ required: [ANY + word.day], wished: [] }];
    const sum = word.sum ? [{ required: [word.sum.split(".")[0]], wished: [] }] : [];
    if (sum.length && PLAIN_SUM.test(word.normal)) return sum;
    const ways = word.date ? [{ required: [ANY + word.date], wished: [] }] : [];
    if (word.date && !/^[0-9]+$|^[0-9]{2}年/.test(word.normal)) return ways;
    const written = literal(joined(word.plain));
    if (sounds.length) written.required.splice(1); // texts hold few letters: one piece narrows enough
    return ways.concat(written, sum, sounds);
  }

  function waysOfBoth(ones, others) {
    return [].concat(...ones.map((one) => others.map((other) => ({
      required: one.required.concat(other.required),
      wished: one.wished.concat(other.wished),
      isOther: one.isOther || other.isOther,
    }))));
  }

  // Whether every document that has the query's terms holds the query.
  function isSure(words) {
    const text = words.length === 1 && !words[0].sum && !words[0].also.length && !words[0].without.length ? words[0].plain : "";
    return Array.from(text).length <= 2 && allMatches(RUN, text).some(([, han]) => han && han === text);
  }

  // ------------------------------------------------------------------------ marking the hits

  // A text folded character by character, with the place in the original of each unit.
  function mapped(text) {
    const units = [], starts = [], ends = [];
    const broken = new Set(allMatches(BREAK, text).map((match) => match.index + match[1].length));
    let at = 0;
    for (const character of text) {
      for (const unit of fold(character).split("")) {
        if (broken.has(at) || (unit === " " && units[units.length - 1] === " ")) continue;
        units.push(unit); starts.push(at); ends.push(at + character.length);
      }
      at += character.length;
    }
    return { text: units.join(""), starts, ends };
  }

  function withoutCommas(map) {
    const dropped = new Set(allMatches(THOUSANDS, map.text).map((match) => match.index + 1));
    const keep = (_, at) => !dropped.has(at);
    return {
      text: map.text.split("").filter(keep).join(""),
      starts: map.starts.filter(keep),
      ends: map.ends.filter(keep),
    };
  }

  function places(map, part) {
    const found = [];
    for (let at = map.text.indexOf(part); at >= 0; at = map.text.indexOf(part, at + part.length)) {
      found.push([map.starts[at], map.ends[at + part.length - 1]]);
    }
    return found;
  }

  function placesOf(map, matches) {
    return matches
      .map((match) => [map.starts[match.index], map.ends[match.index + match[0].length - 1]]);
  }

  function datePlaces(map, isMeant) {
    return placesOf(map, allMatches(DATE, map.text).filter((match) => isMeant(dateForm(match))));
  }

  function sumPlaces(map, sum) {
    return placesOf(map, sumMatches(map.text).filter((match) => sumForm(match[0]) === sum));
  }

  // The characters of runs count, map.text has their units.
  function soundPlaces(map, word, isTitle) {
    const found = [];
    for (const [index, run] of hanRuns(map.text)) {
      const unit = (at) => index + run.slice(0, at).join("").length;
      for (const [from, to] of heardIn(run, word, isTitle)) {
        found.push([map.starts[unit(from)], map.ends[unit(to) - 1]]);
      }
    }
    return found;
  }

  // Ranges [start, end) of the original text that the words match, in order, not overlapping.
  function hitRanges(text, words, isTitle) {
    const map = mapped(text), normal = withoutCommas(map);
    let ranges = [];
    for (const word of [].concat(...words.map((one) => [one].concat(one.apart || [], one.also)))) {
      ranges = ranges.concat(places(normal, word.normal), places(map, word.plain),
        word.date ? datePlaces(map, (date) => date.startsWith(word.date)) : [],
        word.day ? datePlaces(map, (date) => date.slice(4) === word.day) : [],
        word.sum ? sumPlaces(normal, word.sum) : [],
        word.sounds.length ? soundPlaces(map, word, isTitle) : []);
    }
    ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const merged = [];
    for (const [start, end] of ranges) {
      const last = merged[merged.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    return merged;
  }

  Object.assign(window.mingbaiSearch, {
    guide, sumForm, wordsOf, begun, mayGoOn, searchable, holds, waysOf, isSure, hitRanges,
  });
})();
