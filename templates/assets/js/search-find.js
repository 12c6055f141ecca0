/* Finds documents: lunr.js ranks what postings tell, texts decide. Loaded after lunr.min.js,
 * search-words.js and search-sources.js. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const { ANY, plain, wordsOf, begun, searchable, holds, waysOf, isSure, sumForm } = window.mingbaiSearch;

  // Numbers that no one looks for who looks for an amount.
  const ASIDE = /核验码 ?\S+|(^|[^0-9])(1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])/g;

  const NUMBER = /^[0-9.,]+$/;
  const AMOUNT = /^[0-9]{3,6}$|\.[0-9]{2}$/; // what is longer may be of a telephone, what is shorter a part of all

  const MOST_ROUNDS = 4; // of fetching texts, until someone asks for more
  const MOST_CLAUSES = 12; // a longer query is narrowed by its first terms; the check decides

  // ------------------------------------------------------------------------------ lunr's answers

  // A term stands for itself: lunr's sets of terms, for words that are alike, are not sent. Nor is what
  // tells where in a document a term is, which nobody asks.
  lunr.TokenSet = { fromClause: ({ term }) => term };
  lunr.MatchData = function () { this.add = () => {}; };

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
      tokenSet: { intersect: (term) => ({ toArray: () => (inverted[term] ? [term] : []) }) },
      fields: ["t"],
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
  // ways are `open`, and what has a wished term whole comes before all else. Of a number, which stands
  // in longer ones as well, the `exact` sum comes before. Of what `isOfAll` terms do not tell everything.
  function planOf(words) {
    let left = MOST_CLAUSES;
    return words.map((word) => {
      const exact = /^[0-9]+$/.test(word.normal) ? [word.normal + ".00"] : [];
      const ways = waysOf(word).map(({ required, wished, isOther }) => (
        { required: required.slice(0, left), wished: wished.concat(exact).slice(0, left), isOther }));
      left -= Math.max(...ways.map((way) => way.required.length));
      const isOfAll = word.sounds.length + word.without.length > 0 || word.plain.includes(" ");
      return { ways, exact, isOpen: ways.some((way) => way.required.length === 0), isOfAll };
    });
  }

  // What a document is, by its address: in a village, its item.
  function kindOf(url) {
    const parts = url.split("/");
    return parts[0] === "v" && parts.length > 3 ? parts[2] : "";
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

  // The documents that may hold all words and pass the filter, as far as the postings reach, to
  // `end`. `isWide`: also those that have no term of an open word.
  function candidates(source, plan, postings, isWide, passes) {
    let refs = null, end = Infinity;
    for (const word of plan) {
      const found = narrowed(word, postings, refs, isWide);
      if (found) {
        refs = found.refs;
        end = Math.min(end, found.end);
      }
    }
    if (!refs) ({ refs, end } = having([ANY], postings));
    const known = Array.from(refs)
      .filter((ref) => ref <= end && (!passes || passes(source.where(ref))));
    return { known: new Set(known), end };
  }

  // The same, those with more words in their title first, of these how things are done, in its own
  // order; then exact sums, then by lunr's score, then by day.
  function ranked(source, plan, postings, isWide, passes) {
    const { known, end } = candidates(source, plan, postings, isWide, passes);
    const index = indexOf(source, postings, known), scores = new Map(), titles = new Map();
    for (const { ways, exact, isKind } of plan) {
      if (isKind) continue;
      const best = new Map(), written = new Set();
      for (const { required, wished, isOther } of ways) {
        if (required.length + wished.length === 0) continue;
        ask(index, required, wished).forEach((score, ref) => {
          best.set(ref, Math.max(best.get(ref) || 0, score));
          if (!isOther) written.add(ref);
        });
      }
      const isHeard = (ref) => best.has(ref) && !written.has(ref); // letters come first
      known.forEach((ref) => {
        scores.set(ref, (scores.get(ref) || 0) + (best.get(ref) || 0));
        const isIn = (term) => postings.get(term).values.get(ref) & 1;
        const inTitle = ways.some(({ required, wished }) => {
          const terms = required.length ? required : wished;
          return terms.length > 0 && terms.every(isIn);
        });
        const first = inTitle ? 1 + source.isGuide(ref) / 4 : exact.some((term) => postings.has(term) && postings.get(term).values.has(ref)) / 2;
        titles.set(ref, (titles.get(ref) || 0) + (isHeard(ref) ? first / 2 - 1 : first));
      });
    }
    const inOrder = (a, b) => (source.isGuide(a) && source.isGuide(b) ? a - b : 0);
    const order = (a, b) => titles.get(b) - titles.get(a) || inOrder(a, b) || scores.get(b) - scores.get(a) ||
      source.newest(a) - source.newest(b);
    return { refs: Array.from(known).sort(order), scores, end };
  }

  // ---------------------------------------------------------------------------------- searching

  const folded = new WeakMap(); // of passages that were looked at

  function foldedOf(title, passage) {
    if (!folded.has(passage)) {
      folded.set(passage, [searchable(title + " \n" + passage[1], title), searchable(passage[1])]);
    }
    return folded.get(passage);
  }

  // A document's passages that hold all words; of these those with most words of their own, rows
  // before the whole. `today`, for a copy that is not the site's own: what may no longer be shown
  // is not listed.
  function checked([url, title, day, passages], words, today) {
    let most = 0, hits = [];
    for (const passage of passages) {
      if (passage[2] && passage[2] < today) continue;
      const [whole, own] = foldedOf(title, passage);
      if (!words.every((word) => holds(whole, word))) continue;
      const here = words.filter((word) => holds(own, word)).length;
      if (here > most) hits = [];
      if (here >= most && (here || !hits.length)) hits.push(passage);
      most = Math.max(most, here);
    }
    if (!hits.length) return null;
    if (words.every((word) => word.sum || NUMBER.test(word.plain))) {
      const told = hits.map((hit) => [hit, searchable(hit[1].replace(ASIDE, "$1 "))])
        .filter(([, rest]) => words.some((word) => holds(rest, word)));
      const isExact = ([, rest]) => words.every((word) => rest.sums().includes(word.sum || sumForm(word.normal)));
      if (told.length) hits = told.filter(isExact).concat(told.filter((one) => !isExact(one))).map(([hit]) => hit);
      else if (words.every((word) => word.sum || AMOUNT.test(word.normal) && !holds(searchable(title), word))) return null;
    }
    hits = hits.filter(([fragment]) => fragment).concat(hits.filter(([fragment]) => !fragment));
    return { url, title, day, hits };
  }

  // A search under way: `take` gives the next results, `count` their number as far as it is known.
  // First comes what postings that were fetched anyway tell, then what the others do, and where
  // all words are open whatever else there is. `filter` has the `kinds` that are wanted, where not
  // all are, and whether what is said of a document `passes`. `isBegun`: the query is letters that
  // are not all typed yet.
  function find(source, query, today, filter, isBegun) {
    const { kinds, passes } = filter || {};
    const words = isBegun ? begun(query, source.isHere) : wordsOf(query), plan = planOf(words), seen = new Set();
    const isWhole = isSure(words) && !today && !(kinds && source.isHere);
    const hasOpen = plan.some((word) => word.isOpen), isBlind = plan.every((word) => word.isOpen);
    const stages = words.length ? [[false, false], [false, true], [true, false], [true, true]] : [];
    let queue = [], scores = null, found = 0, total = null, scale = 1, isWide = false, isAll = false;
    if (kinds && !source.isHere && words.length) {
      plan.push({ ways: kinds.map((kind) => ({ required: [ANY + "/" + kind], wished: [] })), isKind: true });
    }

    function goesOn() {
      while (stages.length && (stages[0][1] ? isAll : stages[0][0] && !hasOpen)) stages.shift();
      return queue.length > 0 || stages.length > 0;
    }

    async function advance() {
      const all = stages[0][1];
      isWide = stages[0][0];
      await source.gather(plan);
      const postings = await source.postings(termsIn(plan, isWide), all);
      const part = ranked(source, plan, postings, isWide, passes);
      stages.shift();
      isAll = part.end === Infinity;
      queue = part.refs.filter((ref) => !seen.has(ref));
      scores = part.scores;
      const [rarest] = plan.filter(({ isKind }) => !isKind)
        .reduce((terms, { ways }) => terms.concat(...ways.map((w) => w.required)), [])
        .map((term) => postings.get(term)).sort((a, b) => a.count - b.count);
      if (!rarest) return;
      const known = Array.from(rarest.values.keys()).filter((ref) => ref <= part.end).length;
      scale = known ? rarest.count / known : 1;
      if (isWhole && !filter) total = rarest.count;
      else if (isWhole && isAll && !isWide) total = part.refs.length;
    }

    // `isNarrow`: only where postings lead.
    async function take(most, isNarrow) {
      const results = [];
      let rounds = source.isHere ? Infinity : MOST_ROUNDS;
      while (results.length < most && goesOn() && rounds > 0) {
        if (!queue.length) {
          if (isNarrow && stages[0][0]) break;
          await advance();
          continue;
        }
        rounds -= 1;
        const refs = queue.slice(0, most - results.length), documents = await source.texts(refs);
        queue = queue.slice(refs.length);
        refs.forEach((ref, at) => {
          seen.add(ref);
          const isKind = documents[at] && (!kinds || kinds.includes(kindOf(documents[at][0])));
          const result = isKind && checked(documents[at], words, today);
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
      const share = seen.size ? found / seen.size : 1; // of those that were looked at
      return { number: Math.max(found, Math.round((found + queue.length * share) * scale)), isGuess: true };
    }

    // Where and when all is that may hold the words; null where postings do not tell it.
    async function survey() {
      if (hasOpen || !words.length) return null;
      const postings = await source.postings(termsIn(plan, false), true);
      const { known } = candidates(source, plan, postings, false, passes);
      return { places: Array.from(known, source.where), isExact: isWhole };
    }

    return { words, take, count, goesOn, survey };
  }

  // ------------------------------------------------------------------------------ what is told

  // A row's amount and whose it is, where the row says so; see generator/views/labels.py.
  function amountOf([, text, , mark]) {
    const match = /^([a-z])([0-9]+)(?:,([0-9]+))?$/i.exec(mark || "");
    if (!match) return null;
    const [letter, amount, name] = match.slice(1), parts = text.split(/[：，\t]/), part = parts[amount] || "";
    const found = /-?[0-9,]+\.[0-9]{2}(?= 元$)/.exec(part), side = letter.toLowerCase();
    if (!found) return null;
    const start = parts.slice(0, amount).join(" ").length + (amount > 0 ? 1 : 0) + found.index;
    return {
      start, end: start + found[0].length, side, adds: side !== letter,
      cents: Number(found[0].replace(/[.,]/g, "")), name: name ? plain(parts[name]) : "",
    };
  }

  // The sums of what one is paid, of each item apart; none where any hit is something else. What a
  // record says of its own rows does not count beside them.
  function sumsOf(results, query) {
    const words = wordsOf(query), squeezed = (text) => text.replace(/ /g, "");
    const name = squeezed(words.map((word) => word.plain).join("")), sums = new Map(), villages = new Set();
    if (!words.length || words[0].without.length) return [];
    for (const { url, hits } of results) {
      const rows = hits.filter(([fragment]) => fragment);
      villages.add(url.split("/")[1]);
      if (!rows.length || villages.size > 1) return [];
      for (const row of rows) {
        const amount = amountOf(row);
        if (!amount || !amount.adds || squeezed(amount.name) !== name) return [];
        const key = kindOf(url) + " " + amount.side;
        const sum = sums.get(key) || { kind: kindOf(url), side: amount.side, rows: 0, cents: 0, isPersonal: false };
        sum.rows += 1;
        sum.cents += amount.cents;
        sum.isPersonal = sum.isPersonal || Boolean(row[2]);
        sums.set(key, sum);
      }
    }
    return Array.from(sums.values());
  }

  Object.assign(window.mingbaiSearch, { planOf, indexOf, ask, find, kindOf, amountOf, sumsOf });
})();
