/* Where postings and texts come from: a village's texts, analysed here, or the site's shards, as
 * generator/render/search/shards.py writes them. Both answer the same questions:
 *
 *   postings(terms, whole): a map of each term to {count, values, end}: how many documents have it,
 *     twice the number of its places in each, and one more where the title has it; and the last
 *     document up to which that is all, where it is not all. `whole` asks for all of it.
 *   texts(refs): the documents, as [address, title, day, passages]; undefined where there is none.
 *   gather(plan): resolves when the texts are here that may have what search-find.js plans to ask for.
 *   isGuide(ref): whether it says how things are done, and is no record.
 *   newest(ref): a number by which the newer document comes first.
 *   where(ref): its year, and of a site its village.
 *   prepare(query): resolves when what the query needs of tables is here.
 *
 * A document's number leads from its month, the newest first, to its place there.
 */
(function () {
  "use strict";

  const {
    ANY, SOUND, termsOf, soundsOf, bucketOf, numbersOf, learn, hearAll, knowsSounds, prepare,
  } = window.mingbaiSearch;
  const K1 = 1.2; // lunr's own
  const SPREAD = 32; // pages of all villages in one piece
  const SPAN = 0x1000000; // more than the documents of a month
  const NOWHERE = { count: 0, values: new Map(), end: Infinity };

  function refOf(month, slot) {
    return slot - month * SPAN;
  }

  function monthOf(ref) {
    return -Math.floor(ref / SPAN);
  }

  function yearOf(month) {
    return month ? String(1970 + Math.floor((month - 1) / 12)) : "";
  }

  // What must be known of the characters in the texts of a village, or of a site.
  function meet({ pairs, readings }) {
    learn(pairs || "");
    hearAll(readings || "");
  }

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

  // In which buckets terms are, and whether texts with these may have a word that is asked for. How
  // characters are read they do not say, nor, where `isOfRows`, which numbers there are but days.
  function bucketsOf(steps, isOfRows) {
    const buckets = new Set(running(numbersOf(steps)));
    const isUnsaid = (term) => term[0] === SOUND || (isOfRows && term[0] !== ANY && /[0-9]/.test(term));
    const has = (term) => isUnsaid(term) || buckets.has(bucketOf(term));
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
    const rests = known.buckets.map((steps) => bucketsOf(steps, true));
    const pieces = (pages || []).map((steps) => bucketsOf(steps)), addresses = known.urls, first = known.days.filter((day) => !day).length;
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

  function decode(text, values) {
    const numbers = numbersOf(text);
    let at = 0, month = 0;
    while (at < numbers.length) {
      month = at ? month - numbers[at] : numbers[at];
      let slot = 0, left = numbers[at + 1];
      for (at += 2; left > 0; left--, at += 2) {
        slot += numbers[at];
        values.set(refOf(month, slot), numbers[at + 1]);
      }
    }
  }

  function ofSite(start, get) {
    meet(start);
    const shards = start.shards.length / 4, width = start.width, last = start.villages.length;
    const files = new Map();

    function file(path) {
      if (!files.has(path)) {
        files.set(path, get(path));
        files.get(path).catch(() => files.delete(path)); // the next word tries again
      }
      return files.get(path);
    }

    async function posting(term, whole) {
      const number = Math.floor(bucketOf(term) * shards / 4096);
      const name = start.shards.slice(number * 4, number * 4 + 4);
      const [rest, terms] = await file("search/t/" + number + "." + name + ".json");
      if (!Object.prototype.hasOwnProperty.call(terms, term)) return NOWHERE;
      const [count, head] = terms[term], values = new Map();
      decode(head, values);
      const end = values.size < count ? Math.max(...values.keys()) : Infinity;
      if (end === Infinity || !whole) return { count, values, end };
      decode((await file("search/r/" + number + "." + rest + ".json"))[term] || "", values);
      return { count, values, end: Infinity };
    }

    function placeOf(ref) {
      const month = monthOf(ref), slot = ref + month * SPAN;
      const village = Math.min(last, Math.floor(slot / width));
      return { month, village, place: slot - village * width };
    }

    async function documentOf(ref) {
      const { month, village, place } = placeOf(ref);
      const name = month ? yearOf(month) + "-" + String((month - 1) % 12 + 1).padStart(2, "0") : "0";
      const folder = village < last ? "v/" + start.villages[village] + "/" : "";
      const number = Math.floor(place / start.together), at = place % start.together;
      try {
        return (await file(folder + "search/" + name + "." + number + ".json"))[at];
      } catch (error) {
        if (!error.isGone) throw error; // the site was renewed meanwhile
      }
    }

    return {
      isHere: false,
      gather: () => Promise.resolve(),
      k1: start.k1,
      documents: start.documents,
      postings: async (terms, whole) => new Map(await Promise.all(
        terms.map(async (term) => [term, await posting(term, whole)]))),
      texts: (refs) => Promise.all(refs.map(documentOf)),
      prepare: (query) => prepare(query, get),
      where(ref) {
        const { month, village } = placeOf(ref);
        return { year: yearOf(month), village: start.villages[village] };
      },
      isGuide: (ref) => placeOf(ref).village === last,
      newest(ref) {
        const { month, village, place } = placeOf(ref);
        return -month + (village * width - place) / SPAN;
      },
    };
  }

  Object.assign(window.mingbaiSearch, { ofVillage, ofSite });
})();
