/* Search in one folder's records, run by lunr.js, which must be loaded before this file.
 *
 * The page carries (and works without this script, except that nothing is found):
 *
 *   <form data-search data-root="../../../" data-index="." role="search" method="get">
 *     <input type="search" name="q"> <button>搜索</button>
 *   </form>
 *   <p data-results-count aria-live="polite"></p>
 *   <ol data-results></ol>
 *
 * data-root: the way from the page to the site's root; data-index: the way from the page to the
 * folder with index.json and texts.json. What is filled in: `ol > li > a[href]` with a `p` for
 * the passage, hits in `mark`; the number in `b` and in `data-count` of [data-results-count];
 * a button [data-results-more] after the list when there is more than one screenful.
 *
 * generator/render/search.py makes the index. Its analysis and the one here must stay equal;
 * tests/test_search.py compares them. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const SHOWN_AT_ONCE = 50;
  const DEBOUNCE_MS = 200;
  const MOST_CLAUSES = 24; // a longer query is narrowed by its first tokens; the check decides
  const BEFORE_HIT = 24;
  const PASSAGE = 100;

  const SPACE = new RegExp(
    "[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+", "gu");
  const THOUSANDS = /([0-9]),(?=[0-9]{3}(?![0-9]))/g;
  const RUN = new RegExp(
    "([\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+)" +
    "|[0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+", "gu");
  // The last branch swallows whole digit runs, so that no date begins inside a longer number.
  const DATE = new RegExp(
    "([0-9]{4}) ?年 ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?[日号])?" +
    "|([0-9]{4})([-/.])([0-9]{1,2})\\5([0-9]{1,2})(?![0-9])" +
    "|([0-9]{4})-([0-9]{2})(?!-?[0-9])" +
    "|[0-9]+", "g");

  const NUMBER = /[0-9]+(?:\.[0-9]+)*/g;
  const SUM = /^([0-9]+)(?:\.([0-9]{1,2}))?$/;

  // ---------------------------------------------------------------- analysis, as in search.py

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

  function analyse(text) {
    const tokens = [];
    for (const match of allMatches(RUN, normalise(text))) {
      if (match[1]) {
        const characters = Array.from(match[0]);
        tokens.push(...pairs(characters), characters[characters.length - 1]);
      } else {
        tokens.push(match[0]);
      }
    }
    return tokens.concat(dateForms(text));
  }

  // -------------------------------------------------------------------------------- searching

  // Sheets print 9月3日 for 2025-09-03, and people ask for 12000元 where 12,000.00 stands.

  function dayForm(word) {
    const match = /^([0-9]{1,2})月([0-9]{1,2})[日号]$/.exec(word);
    return match ? match[1].padStart(2, "0") + match[2].padStart(2, "0") : "";
  }

  function sumForm(number) {
    const match = SUM.exec(number);
    return match ? match[1].replace(/^0+(?=[0-9])/, "") + "." + (match[2] || "").padEnd(2, "0") : "";
  }

  function sumOfWord(word) {
    const match = /^(¥?)([0-9.]+)(元|块)?$/.exec(word);
    return match && (match[1] || match[3]) ? sumForm(match[2]) : "";
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

  function searchable(text) {
    return {
      plain: plain(text), normal: normalise(text), dates: dateForms(text), sums: sumForms(text),
    };
  }

  function open(index, texts) {
    const entries = texts.map(([url, title, text, until]) => ({
      url, title, text, until, head: searchable(title), whole: searchable(title + "\n" + text),
    }));
    return { index: lunr.Index.load(index), entries };
  }

  function wordsOf(query) {
    return plain(query).split(" ").filter(Boolean).map((word) => {
      const match = allMatches(DATE, word)[0];
      const isDate = match && match[0] === word;
      const normal = normalise(word), date = isDate ? dateForm(match) : "";
      return { plain: word, normal, date, day: dayForm(word), sum: sumOfWord(normal) };
    });
  }

  // The exact check. A month finds its days as well.
  function holds(part, word) {
    return part.normal.includes(word.normal) || part.plain.includes(word.plain) ||
      (word.date !== "" && part.dates.some((date) => date.startsWith(word.date))) ||
      (word.day !== "" && part.dates.some((date) => date.slice(4) === word.day)) ||
      (word.sum !== "" && part.sums.includes(word.sum));
  }

  // Every entry that has the text has all these terms. A run at the edge of the word, or beside a
  // comma that the index may have dropped, can be part of a longer run there.
  function clausesOf(text) {
    const clauses = [];
    for (const match of allMatches(RUN, text)) {
      const before = text[match.index - 1], after = text[match.index + match[0].length];
      if (!match[1]) {
        const leading = before === undefined || before === ",";
        const trailing = after === undefined || after === ",";
        // One digit within any number narrows nothing and is slow to look up.
        if (match[0].length > 1 || !leading || !trailing) {
          clauses.push({ term: match[0], leading, trailing });
        }
        continue;
      }
      const characters = Array.from(match[0]);
      if (characters.length === 1) clauses.push({ term: match[0], trailing: true });
      for (const pair of pairs(characters)) clauses.push({ term: pair });
    }
    return clauses;
  }

  // Digits stand full-width in the index; search.py says why.
  function indexTerm(token) {
    return token.replace(/[0-9]/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
  }

  function ask(index, clauses) {
    const NONE = lunr.Query.wildcard.NONE;
    const found = index.query((query) => {
      for (const clause of clauses) {
        query.term(indexTerm(clause.term), {
          usePipeline: false,
          presence: lunr.Query.presence.REQUIRED,
          wildcard: (clause.leading ? lunr.Query.wildcard.LEADING : NONE) |
            (clause.trailing ? lunr.Query.wildcard.TRAILING : NONE),
        });
      }
    });
    return new Map(found.map((result) => [Number(result.ref), result.score]));
  }

  // The word's ways of being written, each a list of clauses that must all hold.
  function waysOf(word) {
    const ways = [clausesOf(word.normal)];
    if (word.plain !== word.normal) ways.push(clausesOf(word.plain));
    if (word.date) ways.push([{ term: word.date, trailing: word.date.length === 6 }]);
    if (word.day) ways.push([{ term: word.day, leading: true }]);
    if (word.sum) ways.push([{ term: word.sum.split(".")[0] }]);
    return ways;
  }

  // Map of entry -> lunr's score, or null where the index cannot narrow the search.
  function candidates(index, words) {
    let narrowed = null, left = MOST_CLAUSES;
    for (const word of words) {
      const ways = waysOf(word).map((clauses) => clauses.slice(0, left));
      if (ways.some((clauses) => clauses.length === 0)) continue;
      left -= Math.max(...ways.map((clauses) => clauses.length));
      const scores = new Map();
      for (const clauses of ways) {
        ask(index, clauses).forEach((score, ref) => {
          if (narrowed && !narrowed.has(ref)) return;
          const others = narrowed ? narrowed.get(ref) : 0;
          scores.set(ref, Math.max(scores.get(ref) || 0, others + score));
        });
      }
      narrowed = scores;
    }
    return narrowed;
  }

  // Entries that hold every word, those with more words in their title first, then by score.
  // `today`, for a copy that is not the site's own: what may no longer be shown is not listed.
  function search(engine, query, today) {
    const words = wordsOf(query);
    if (words.length === 0) return [];
    const scores = candidates(engine.index, words);
    const results = [];
    engine.entries.forEach(({ url, title, text, until, head, whole }, ref) => {
      if (scores && !scores.has(ref) || until < today) return;
      if (!words.every((word) => holds(whole, word))) return;
      const inTitle = words.filter((word) => holds(head, word)).length;
      results.push({ ref, url, title, text, inTitle, score: scores ? scores.get(ref) : 0 });
    });
    return results.sort((a, b) => b.inTitle - a.inTitle || b.score - a.score || a.ref - b.ref);
  }

  // ------------------------------------------------------------------------ marking the hits

  // A text folded character by character, with the place in the original of each unit.
  function mapped(text) {
    const units = [], starts = [], ends = [];
    let at = 0;
    for (const character of text) {
      for (const unit of fold(character).split("")) {
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

  // Ranges [start, end) of the original text that the words match, in order, not overlapping.
  function hitRanges(text, words) {
    const map = mapped(text), normal = withoutCommas(map);
    let ranges = [];
    for (const word of words) {
      ranges = ranges.concat(places(normal, word.normal), places(map, word.plain),
        word.date ? datePlaces(map, (date) => date.startsWith(word.date)) : [],
        word.day ? datePlaces(map, (date) => date.slice(4) === word.day) : [],
        word.sum ? sumPlaces(normal, word.sum) : []);
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

  function passage(text, words) {
    const ranges = hitRanges(text, words);
    const first = ranges.length ? ranges[0][0] : 0;
    const from = first > PASSAGE / 2 ? cut(text, first - BEFORE_HIT) : 0;
    const to = cut(text, Math.min(text.length, from + PASSAGE));
    const paragraph = document.createElement("p");
    if (from > 0) paragraph.append("…");
    appendMarked(paragraph, text, ranges, from, to);
    if (to < text.length) paragraph.append("…");
    return paragraph;
  }

  // --------------------------------------------------------------------------------- the page

  function resultItem(result, words, root) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = root + result.url;
    appendMarked(link, result.title, hitRanges(result.title, words), 0, result.title.length);
    item.append(link);
    if (result.text) item.append(passage(result.text, words));
    return item;
  }

  function attach(form) {
    const input = form.querySelector("input[name=q]");
    const count = document.querySelector("[data-results-count]");
    const list = document.querySelector("ol[data-results]");
    const root = form.getAttribute("data-root") || "./";
    const folder = new URL((form.getAttribute("data-index") || ".") + "/", location.href);
    let loading = null, ready = false, timer = 0, kept = "", today;

    const more = document.createElement("button");
    more.type = "button";
    more.hidden = true;
    more.setAttribute("data-results-more", "");
    more.textContent = "显示更多";
    list.after(more);

    function get(name) {
      // no-cache: asks whether the copy is still good, so that index and texts stay a pair.
      return fetch(new URL(name, folder).href, { cache: "no-cache" }).then((response) => {
        if (!response.ok) throw new Error(name + ": " + response.status);
        const when = response.headers.get("X-When"); // from sw.js: a kept copy, and its time
        if (when) isCopy(decodeURIComponent(when));
        return response.json();
      });
    }

    function isCopy(when) {
      kept = when ? "（按" + when + "存下的资料）" : "";
      today = new Date(Date.now() + 288e5).toISOString().slice(0, 10); // China has one time zone
    }

    // Files opened by a double click may not be fetched: generator/packer.py wrote a script.
    function fromScript() {
      return new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL("data.js", folder).href;
        script.onload = () => resolve(window.mingbaiData);
        script.onerror = reject;
        isCopy("");
        document.head.append(script);
      });
    }

    function load() {
      if (!loading) {
        loading = (location.protocol === "file:" ? fromScript() :
          Promise.all([get("index.json"), get("texts.json")]))
          .then(([index, texts]) => {
            ready = true;
            return open(index, texts);
          });
        loading.catch(() => { loading = null; }); // the next word tries again
      }
      return loading;
    }

    function say(text) {
      count.removeAttribute("data-count");
      count.textContent = text;
    }

    function clear() {
      list.textContent = "";
      more.hidden = true;
    }

    function show(results, words) {
      const rest = results.slice();
      function next() {
        list.append(...rest.splice(0, SHOWN_AT_ONCE).map((one) => resultItem(one, words, root)));
        more.hidden = rest.length === 0;
      }
      more.onclick = () => {
        const first = list.children.length;
        next();
        list.children[first].querySelector("a").focus(); // the button may have gone
      };
      clear();
      next();
    }

    function report(number, query) {
      if (number === 0) {
        say("没有找到“" + query + "”。换一个词试试，例如姓名、事由、金额。");
      } else {
        const digits = document.createElement("b");
        digits.textContent = String(number);
        count.textContent = "";
        count.append("找到 ", digits, " 条" + kept);
      }
      count.setAttribute("data-count", String(number));
    }

    function remember(query) {
      const address = new URL(location.href);
      if (query) address.searchParams.set("q", query);
      else address.searchParams.delete("q");
      if (address.href === location.href || !/^http/.test(address.protocol)) return;
      try {
        history.replaceState(history.state, "", address.href);
      } catch (error) {
        // Safari refuses when the address changes too often; the results are right all the same.
      }
    }

    function run() {
      clearTimeout(timer);
      const query = input.value.trim();
      remember(query);
      if (!query) {
        clear();
        say("");
        return;
      }
      if (!ready) say("正在取搜索数据……");
      load().then((engine) => {
        if (query !== input.value.trim()) return; // a later run answers
        const results = search(engine, query, today);
        show(results, wordsOf(query));
        report(results.length, query);
      }, () => {
        clear();
        say("搜索数据没有取到。请检查网络，再试一次。");
      });
    }

    form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
    input.addEventListener("focus", () => { load().catch(() => {}); });
    input.addEventListener("input", (event) => {
      clearTimeout(timer);
      // While an input method is composing, the letters of its spelling are not yet a word.
      if (!event.isComposing) timer = setTimeout(run, DEBOUNCE_MS);
    });
    input.addEventListener("compositionend", () => {
      clearTimeout(timer);
      timer = setTimeout(run, DEBOUNCE_MS);
    });

    const asked = new URLSearchParams(location.search).get("q");
    if (asked !== null) input.value = asked;
    if (asked) run();
  }

  window.mingbaiSearch = { normalise, dateForms, analyse, open, search };

  const form = document.querySelector("form[data-search]");
  if (form) attach(form);
})();
