/* Search in one village, or in all of the site, run by lunr.js, which must be loaded before this
 * file, as must search-terms.js and search-sources.js.
 *
 * The page carries (and works without this script, except that nothing is found):
 *
 *   <form data-search="village" data-root="../../../" role="search" method="get">
 *     <input type="search" name="q"> <button>搜索</button>
 *   </form>
 *   <p data-results-count aria-live="polite"></p>
 *   <ol data-results></ol>
 *
 * data-search: "village", whose texts.json lies beside the page, or "site"; data-root: the way from
 * the page to the site's root. What is filled in: `ol > li > a[href]`, which leads to the best
 * passage of a record, with a `p` for each of the passages, hits in `mark`; the number in `b` and in
 * `data-count` of [data-results-count]; a button [data-results-more] after the list when there is
 * more than one screenful. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const {
    ANY, WINDOW, RUN, DATE, THOUSANDS, allMatches, fold, plain, normalise, joined, dateForm,
    dateForms, pairs, windows, ofVillage, ofSite,
  } = window.mingbaiSearch;

  const SHOWN_AT_ONCE = 50; // of a village, whose texts are here
  const FIRST = 5; // of the site, whose texts are fetched for what is shown
  const MORE = 10;
  const MOST_ROUNDS = 4; // of fetching texts, until someone asks for more
  const DEBOUNCE_MS = 200;
  const MOST_CLAUSES = 12; // a longer query is narrowed by its first terms; the check decides
  const LONG_RUN = 4; // every other pair of a longer one narrows enough
  const BEFORE_HIT = 24;
  const PASSAGE = 100;
  const PASSAGES = 3;

  const NUMBER = /[0-9]+(?:\.[0-9]+)*/g;
  const SUM = /^([0-9]+)(?:\.([0-9]{1,2}))?$/;

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

  function once(make) {
    let made;
    return () => (made === undefined ? (made = make()) : made);
  }

  function searchable(text) {
    return {
      plain: plain(text), normal: normalise(text),
      dates: once(() => dateForms(text)), sums: once(() => sumForms(text)),
    };
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
      (word.date !== "" && part.dates().some((date) => date.startsWith(word.date))) ||
      (word.day !== "" && part.dates().some((date) => date.slice(4) === word.day)) ||
      (word.sum !== "" && part.sums().includes(word.sum));
  }

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
    if (word.day) return [{ required: [ANY + word.day], wished: [] }];
    if (word.sum) return [{ required: [word.sum.split(".")[0]], wished: [] }];
    const ways = word.date ? [{ required: [ANY + word.date], wished: [] }] : [];
    return /^[0-9]+$/.test(word.normal) || !word.date ? ways.concat(literal(joined(word.plain))) : ways;
  }

  // Whether every document that has the query's terms holds the query.
  function isSure(words) {
    const text = words.length === 1 ? words[0].plain : "";
    return Array.from(text).length <= 2 && allMatches(RUN, text).some(([, han]) => han && han === text);
  }

  // ------------------------------------------------------------------------------ lunr's answers

  // Digits stand full-width in the index: lunr.js 2.3.9 confuses a digit with the number of a node
  // when it merges equal branches of its token set, and then loses terms.
  function indexTerm(term) {
    return term.replace(/[0-9]/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
  }

  // lunr's index of all documents, as far as it is about some documents and terms.
  function indexOf(source, postings, refs) {
    const k1 = source.k1, inverted = {}, vectors = {};
    refs.forEach((ref) => { vectors["t/" + ref] = new lunr.Vector(); });
    const terms = Array.from(postings.keys()).filter((term) => postings.get(term).count)
      .map((term) => [indexTerm(term), postings.get(term)]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
    terms.forEach(([term, { count, values }], number) => {
      const rarity = Math.log(1 + Math.abs((source.documents - count + 0.5) / (count + 0.5)));
      const found = {};
      refs.forEach((ref) => {
        const times = values.get(ref) >> 1;
        if (!times) return;
        const score = rarity * ((k1 + 1) * times) / (k1 + times);
        vectors["t/" + ref].insert(number, Math.round(score * 1000) / 1000);
        found[ref] = {};
      });
      inverted[term] = { _index: number, t: found };
    });
    return new lunr.Index({
      invertedIndex: inverted,
      fieldVectors: vectors,
      tokenSet: lunr.TokenSet.fromArray(terms.map(([term]) => term)),
      fields: ["t"],
      pipeline: new lunr.Pipeline(),
    });
  }

  function ask(index, required, wished) {
    const { REQUIRED, OPTIONAL } = lunr.Query.presence;
    const found = index.query((query) => {
      const add = (presence) => (term) => query.term(indexTerm(term), { usePipeline: false, presence });
      required.forEach(add(REQUIRED));
      wished.forEach(add(OPTIONAL));
    });
    return new Map(found.map((result) => [Number(result.ref), result.score]));
  }

  // The words' ways, the longest query cut short. A word that requires nothing narrows nothing: its
  // ways are `open`, and what has a wished term whole comes before all else.
  function planOf(words) {
    let left = MOST_CLAUSES;
    return words.map((word) => {
      const ways = waysOf(word).map(({ required, wished }) => (
        { required: required.slice(0, left), wished: wished.slice(0, left) }));
      left -= Math.max(...ways.map((way) => way.required.length));
      return { ways, isOpen: ways.some((way) => way.required.length === 0) };
    });
  }

  function termsIn(plan, isWide) {
    const terms = new Set(isWide && plan.every((word) => word.isOpen) ? [ANY] : []);
    for (const { ways } of plan) {
      for (const { required, wished } of ways) required.concat(wished).forEach((t) => terms.add(t));
    }
    return Array.from(terms);
  }

  // The documents that have all terms, of those given, and the last up to which they are all.
  function having(terms, postings, refs) {
    const lists = terms.map((term) => postings.get(term)).sort((a, b) => a.values.size - b.values.size);
    const first = refs || new Set(lists[0].values.keys());
    return {
      refs: Array.from(first).filter((ref) => lists.every(({ values }) => values.has(ref))),
      end: Math.min(...lists.map(({ end }) => end)),
    };
  }

  // What the terms of a word narrow the documents to; null where it narrows nothing.
  function narrowed({ ways, isOpen }, postings, refs, isWide) {
    if (isOpen && isWide) return null;
    const parts = ways.map(({ required, wished }) => {
      const terms = required.length ? required : wished;
      return terms.length ? having(terms, postings, refs) : { refs: [], end: Infinity };
    });
    return {
      refs: new Set([].concat(...parts.map((part) => part.refs))),
      end: Math.min(...parts.map((part) => part.end)),
    };
  }

  // The documents that may hold all words, those with more words in their title first, then by
  // lunr's score, then by day; as far as the postings reach, to `end`. `isWide`: also those that
  // have no term of an open word.
  function ranked(source, plan, postings, isWide) {
    let refs = null, end = Infinity;
    for (const word of plan) {
      const found = narrowed(word, postings, refs, isWide);
      if (found) {
        refs = found.refs;
        end = Math.min(end, found.end);
      }
    }
    if (!refs) ({ refs, end } = having([ANY], postings));
    const known = new Set(Array.from(refs).filter((ref) => ref <= end));
    const index = indexOf(source, postings, known), scores = new Map(), titles = new Map();
    for (const { ways } of plan) {
      const best = new Map();
      for (const { required, wished } of ways) {
        if (required.length + wished.length === 0) continue;
        ask(index, required, wished).forEach((score, ref) => {
          best.set(ref, Math.max(best.get(ref) || 0, score));
        });
      }
      known.forEach((ref) => {
        scores.set(ref, (scores.get(ref) || 0) + (best.get(ref) || 0));
        const isIn = (term) => postings.get(term).values.get(ref) & 1;
        const inTitle = ways.some(({ required, wished }) => {
          const terms = required.length ? required : wished;
          return terms.length > 0 && terms.every(isIn);
        });
        titles.set(ref, (titles.get(ref) || 0) + (inTitle ? 1 : 0));
      });
    }
    const order = (a, b) => titles.get(b) - titles.get(a) || scores.get(b) - scores.get(a) ||
      source.newest(a) - source.newest(b);
    return { refs: Array.from(known).sort(order), scores, end };
  }

  // ---------------------------------------------------------------------------------- searching

  const folded = new WeakMap(); // of passages that were looked at

  function foldedOf(title, passage) {
    if (!folded.has(passage)) {
      folded.set(passage, [searchable(title + "\n" + passage[1]), searchable(passage[1])]);
    }
    return folded.get(passage);
  }

  // A document's passages that hold all words; of these those with most words of their own, rows
  // before the whole. `today`, for a copy that is not the site's own: what may no longer be shown
  // is not listed.
  function checked([url, title, day, passages], words, today) {
    let most = 0, hits = [];
    for (const passage of passages) {
      if (passage[2] < today) continue;
      const [whole, own] = foldedOf(title, passage);
      if (!words.every((word) => holds(whole, word))) continue;
      const here = words.filter((word) => holds(own, word)).length;
      if (here > most) hits = [];
      if (here >= most && (here || !hits.length)) hits.push(passage);
      most = Math.max(most, here);
    }
    if (!hits.length) return null;
    hits = hits.filter(([fragment]) => fragment).concat(hits.filter(([fragment]) => !fragment));
    return { url, title, day, hits };
  }

  // A search under way: `take` gives the next results, `count` their number as far as it is known.
  // First comes what postings that were fetched anyway tell, then what the others do, and where
  // all words are open whatever else there is.
  function find(source, query, today) {
    const words = wordsOf(query), plan = planOf(words), seen = new Set();
    const hasOpen = plan.some((word) => word.isOpen), isBlind = plan.every((word) => word.isOpen);
    const stages = words.length ? [[false, false], [false, true], [true, false], [true, true]] : [];
    let queue = [], scores = null, found = 0, total = null, scale = 1, isWide = false, isAll = false;

    function goesOn() {
      while (stages.length && (stages[0][1] ? isAll : stages[0][0] && !hasOpen)) stages.shift();
      return queue.length > 0 || stages.length > 0;
    }

    async function advance() {
      const all = stages[0][1];
      isWide = stages[0][0];
      const postings = await source.postings(termsIn(plan, isWide), all);
      const part = ranked(source, plan, postings, isWide);
      stages.shift();
      isAll = part.end === Infinity;
      queue = part.refs.filter((ref) => !seen.has(ref));
      scores = part.scores;
      const [rarest] = plan.reduce((terms, { ways }) => terms.concat(...ways.map((w) => w.required)), [])
        .map((term) => postings.get(term)).sort((a, b) => a.count - b.count);
      if (!rarest) return;
      const known = Array.from(rarest.values.keys()).filter((ref) => ref <= part.end).length;
      scale = known ? rarest.count / known : 1;
      if (isSure(words) && !today) total = rarest.count;
    }

    async function take(most) {
      const results = [];
      let rounds = source.isHere ? Infinity : MOST_ROUNDS;
      while (results.length < most && goesOn() && rounds > 0) {
        if (!queue.length) {
          await advance();
          continue;
        }
        rounds -= 1;
        const refs = queue.slice(0, most - results.length), documents = await source.texts(refs);
        queue = queue.slice(refs.length);
        refs.forEach((ref, at) => {
          seen.add(ref);
          const result = documents[at] && checked(documents[at], words, today);
          if (result) results.push(Object.assign(result, { ref, score: scores.get(ref) }));
        });
      }
      found += results.length;
      return results;
    }

    // Without an exact number what there may be, or, where nothing tells it, what was found.
    function count() {
      if (!goesOn()) return { number: found, isExact: true };
      if (total !== null) return { number: total, isExact: true };
      if (isWide && isBlind) return { number: found };
      return { number: Math.max(found, Math.round((found + queue.length) * scale)), isGuess: true };
    }

    return { words, take, count, goesOn };
  }

  async function search(source, query, today) {
    const finding = find(source, query, today), results = [];
    while (finding.goesOn()) results.push(...await finding.take(Infinity));
    return results;
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

  function appendPassage(parent, text, words) {
    const ranges = hitRanges(text, words);
    const first = ranges.length ? ranges[0][0] : 0;
    const from = first > PASSAGE / 2 ? cut(text, first - BEFORE_HIT) : 0;
    const to = cut(text, Math.min(text.length, from + PASSAGE));
    if (from > 0) parent.append("…");
    appendMarked(parent, text, ranges, from, to);
    if (to < text.length) parent.append("…");
  }

  // --------------------------------------------------------------------------------- the page

  function linkTo(address, fragment) {
    const link = document.createElement("a");
    link.href = address + (fragment ? "#" + fragment : "");
    return link;
  }

  function resultItem({ url, title, hits }, words, root) {
    const item = document.createElement("li"), link = linkTo(root + url, hits[0][0]);
    appendMarked(link, title, hitRanges(title, words), 0, title.length);
    item.append(link);
    for (const [fragment, text] of hits.slice(0, PASSAGES)) {
      if (!text) continue;
      const paragraph = document.createElement("p");
      const parent = hits.length > 1 ? linkTo(root + url, fragment) : paragraph;
      appendPassage(parent, text, words);
      if (parent !== paragraph) paragraph.append(parent);
      item.append(paragraph);
    }
    if (hits.length > PASSAGES) {
      const rest = document.createElement("p");
      rest.className = "hint";
      rest.textContent = "这里还有 " + (hits.length - PASSAGES) + " 处";
      item.append(rest);
    }
    return item;
  }

  function attach(form) {
    const input = form.querySelector("input[name=q]");
    const count = document.querySelector("[data-results-count]");
    const list = document.querySelector("ol[data-results]");
    const root = form.getAttribute("data-root") || "./";
    const isSite = form.getAttribute("data-search") === "site";
    let loading = null, ready = false, timer = 0, kept = "", today, runs = 0;

    const more = document.createElement("button");
    more.type = "button";
    more.hidden = true;
    more.setAttribute("data-results-more", "");
    more.textContent = "显示更多";
    list.after(more);

    function get(url, cache) {
      if (location.protocol === "file:") return fromScript(url);
      return fetch(url, { cache }).then((response) => {
        if (!response.ok) {
          throw Object.assign(new Error(url + ": " + response.status), { isGone: response.status === 404 });
        }
        const when = response.headers.get("X-When"); // from sw.js: a kept copy, and its time
        if (when) isCopy(decodeURIComponent(when));
        return response.json();
      });
    }

    function isCopy(when) {
      kept = when ? "（按" + when + "存下的资料）" : "";
      today = new Date(Date.now() + 288e5).toISOString().slice(0, 10); // China has one time zone
    }

    // Files opened by a double click may not be fetched: generator/packer wrote scripts.
    function fromScript(url) {
      return new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = url.replace(/json$/, "js");
        script.onload = () => resolve(window.mingbaiData); // it ran just now
        script.onerror = reject;
        isCopy("");
        document.head.append(script);
      });
    }

    function opened() {
      // no-cache: asks whether the copy is still good
      if (!isSite) return get(new URL("texts.json", location.href).href, "no-cache").then(ofVillage);
      const home = new URL(root, location.href).href;
      // Shards are named by their content.
      const cache = (path) => (/^search\/[rt]\//.test(path) ? "force-cache" : "default");
      return get(home + "search/start.json", "no-cache")
        .then((start) => ofSite(start, (path) => get(home + path, cache(path))));
    }

    function load() {
      if (!loading) {
        loading = opened().then((source) => {
          ready = true;
          return source;
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

    function report({ number, isExact, isGuess }, query) {
      if (number === 0 && isExact) {
        say("没有找到“" + query + "”。换一个词试试，例如姓名、事由、金额。");
      } else if (number === 0) {
        say("还没有找到。点“显示更多”再往前找。");
      } else {
        const digits = document.createElement("b");
        digits.textContent = String(number);
        count.textContent = "";
        count.append(isExact ? "找到 " : isGuess ? "约 " : "已找到 ", digits,
          " 条" + (isExact || isGuess ? "" : "，还没有找完") + kept);
      }
      count.setAttribute("data-count", String(number));
    }

    function failed() {
      say("搜索数据没有取到。请检查网络，再试一次。");
    }

    async function show(source, query, run) {
      const finding = find(source, query, today);
      const rest = source.isHere ? await finding.take(Infinity) : null;
      let isBusy = false;

      async function next(number) {
        isBusy = true;
        try {
          const results = rest ? rest.splice(0, number) : await finding.take(number);
          if (run !== runs) return null; // a later one answers
          const before = list.children.length;
          if (!before) clear();
          list.append(...results.map((one) => resultItem(one, finding.words, root)));
          more.hidden = rest ? !rest.length : !finding.goesOn();
          report(finding.count(), query);
          return list.children[before];
        } finally {
          isBusy = false;
        }
      }

      more.onclick = () => {
        if (isBusy) return;
        next(rest ? SHOWN_AT_ONCE : MORE).then((first) => {
          if (first) first.querySelector("a").focus(); // the button may have gone
        }, failed);
      };
      if (run === runs) list.textContent = "";
      await next(rest ? SHOWN_AT_ONCE : FIRST);
      if (rest || !window.IntersectionObserver) return;
      let last = list.children.length;
      const watch = new IntersectionObserver(([entry]) => { // who scrolls to the end reads on
        if (run !== runs) watch.disconnect();
        else if (entry.isIntersecting && !isBusy && last) {
          next(MORE).then((first) => {
            last = first;
            watch.unobserve(more);
            watch.observe(more); // it may still be in sight
          }, failed);
        }
      });
      watch.observe(more);
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

    function run(isAgain) {
      clearTimeout(timer);
      const query = input.value.trim(), own = runs += 1;
      remember(query);
      if (!query) {
        clear();
        say("");
        return;
      }
      if (!ready) say("正在取搜索数据……");
      load().then((source) => own === runs && show(source, query, own)).catch((error) => {
        loading = null;
        if (own !== runs) return;
        if (error && error.isGone && isAgain !== true) { // the site was renewed since it was opened
          run(true);
          return;
        }
        clear();
        failed();
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

  Object.assign(window.mingbaiSearch, { planOf, wordsOf, find, search, ask, indexOf });

  const form = document.querySelector("form[data-search]");
  if (form) attach(form);
})();
