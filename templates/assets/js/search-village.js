/* A village is searched from its texts, which are analysed here: see search-sources.js. Loaded after
 * search.js, which asks for `ofVillage` once the page is there. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const {
    ANY, SOUND, termsOf, soundsOf, bucketOf, DIGITS, numbersOf, knowsSounds, prepare, SPAN, NOWHERE, refOf,
    monthOf, yearOf, meet,
  } = window.mingbaiSearch;
  const K1 = 1.2; // lunr's own
  const SPREAD = 32; // pages of all villages in one piece

  function running(steps) {
    let sum = 0;
    return steps.map((step) => (sum += step));
  }

  // The documents in a village's texts, as generator/render/search/documents.py writes them, with
  // what stands `behind`, as far as it is here.
  function documentsIn({ signs, urls, titles, days, rows, untils, marks, texts }, behind) {
    const letters = running(numbersOf(signs)), column = (words, at) => words[at].split(" ");
    const read = (text) => text.replace(/[\x80-\u07ff]/g, (one) => String.fromCodePoint(letters[one.charCodeAt(0) - 128]));
    const whole = (text, rest) => read(rest ? text + "\t" + rest : text);
    return urls.map((url, at) => {
      const row = column(rows, at), until = column(untils, at), mark = column(marks, at);
      const said = behind.get(at) || [], passages = texts[at].map((text, n) => (
        [row[n] || "", whole(text, said[n]), until[n] || 0, mark[n] || ""]));
      return [url, read(titles[at]), days[at], passages];
    });
  }

  // Whether a piece of texts may have a word that is asked for: `buckets` tell in which its terms are, six
  // pieces in a digit. How characters are read they do not say, nor, where `isOfRows`, which numbers there
  // are but days.
  function mayHold(buckets, piece, isOfRows) {
    const isUnsaid = (term) => term[0] === SOUND || (isOfRows && term[0] !== ANY && /[0-9]/.test(term));
    const isIn = (term) => DIGITS.indexOf(buckets[piece / 6 | 0][bucketOf(term)]) >> piece % 6 & 1;
    // What has a pair has both its characters as well.
    const has = (term) => isUnsaid(term) || (isIn(term) && (term[0] === ANY || Array.from(term).every(isIn)));
    const isWithin = (run) => Array.from(run).every(has); // perhaps, as a part of a longer one
    return ({ ways }) => ways.some(({ required, wished }) => (
      required.length || !wished.length ? required.every(has) : wished.some(isWithin)));
  }

  // A village, from its texts. Of what stands behind these the pieces are fetched that may hold a word
  // that is asked for, and of the `pages` of all villages those that may hold all; what a village does
  // in its own way is among its own texts. `own` and `get` give the content of a file beside its
  // page, and of the site by its path. It is searched without pages that cannot be had.
  function ofVillage(known, own, get, pages) {
    const documents = new Map(), fetched = new Map(), behind = new Map();
    const rests = known.behind.map((_, piece) => mayHold(known.buckets, piece, true));
    const pieces = Array.from({ length: pages.pieces }, (_, piece) => mayHold(pages.buckets, piece));
    const addresses = known.urls, first = known.days.filter((day) => !day).length;
    let terms = null, hasSounds = false, isNew = true;
    meet(known);

    function take() {
      if (!isNew) return;
      isNew = false;
      const places = new Map();
      for (const one of documentsIn(known, behind)) {
        const [year, number] = one[2].split("-"), month = one[2] ? Math.max(1, (year - 1970) * 12 + Number(number)) : 0;
        const place = places.get(month) || 0;
        places.set(month, place + 1);
        documents.set(refOf(month, place), one);
      }
      terms = null;
    }

    // What is the village's own is read in full, the others as in shards.
    function analyse([, title, , passages], ref) {
      const counts = new Map([[ANY, 2]]), isOwn = monthOf(ref) > 0 || ref < first;
      const count = (term) => counts.set(term, (counts.get(term) || 0) + 2);
      const all = (text, isTitle) => termsOf(text).concat(hasSounds ? soundsOf(text, isTitle, isOwn) : []);
      const heads = all(title, true);
      heads.forEach(count);
      for (const [, text] of passages) all(text).forEach(count);
      new Set(heads).forEach((term) => counts.set(term, counts.get(term) + 1));
      counts.forEach((value, term) => {
        const found = terms.get(term) || { count: 0, values: new Map(), end: Infinity };
        found.count += 1;
        found.values.set(ref, value);
        terms.set(term, found);
      });
    }

    function piece(number, found) {
      found.forEach((one, at) => {
        const ref = first + number * SPREAD + at;
        if (addresses.some((url) => url.endsWith("/" + one[0]))) return;
        documents.set(ref, one);
        if (terms) analyse(one, ref);
      });
    }

    function once(path, from, use) {
      if (!fetched.has(path)) {
        fetched.set(path, from(path).then(use));
        fetched.get(path).catch(() => fetched.delete(path)); // the next word tries again
      }
      return fetched.get(path);
    }

    function rest(found) {
      found.forEach(([at, said]) => behind.set(at, said));
      isNew = true;
    }

    take();
    return {
      isHere: true,
      here: () => Array.from(documents.values()),
      k1: K1,
      get documents() { return documents.size; },
      gather: (plan) => Promise.all(pieces.map((may, number) => (
        plan.every(may) && once("search/pages/" + number + ".json", get, (found) => piece(number, found)).catch(() => {})
      )).concat(rests.map((may, number) => (
        plan.some((word) => word.isOfAll || may(word)) && once("behind/" + number + ".json", own, rest)
      )))).then(take),
      postings(asked) {
        if (!terms || hasSounds !== knowsSounds()) {
          hasSounds = knowsSounds();
          terms = new Map();
          documents.forEach(analyse);
        }
        return Promise.resolve(new Map(asked.map((term) => [term, terms.get(term) || NOWHERE])));
      },
      texts: (refs) => Promise.resolve(refs.map((ref) => documents.get(ref))),
      isGuide: (ref) => !monthOf(ref),
      newest: (ref) => -monthOf(ref) - (ref + monthOf(ref) * SPAN) / SPAN,
      where: (ref) => ({ year: yearOf(monthOf(ref)) }),
      prepare: (query) => prepare(query, get),
    };
  }

  Object.assign(window.mingbaiSearch, { ofVillage });
})();
