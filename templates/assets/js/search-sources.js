/* Where postings and texts come from: a village's texts, analysed here, or the site's shards, as
 * generator/render/search/shards.py writes them. Both answer the same questions:
 *
 *   postings(terms, whole): a map of each term to {count, values, end}: how many documents have it,
 *     twice the number of its places in each, and one more where the title has it; and the last
 *     document up to which that is all, where it is not all. `whole` asks for all of it.
 *   texts(refs): the documents, as [address, title, day, passages]; undefined where there is none.
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
    ANY, termsOf, soundsOf, bucketOf, numbersOf, learn, hearAll, knowsSounds, prepare,
  } = window.mingbaiSearch;
  const K1 = 1.2; // lunr's own
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

  // `get` gives the content of a file of the site by its path.
  // `pages` are of all villages; what a village does in its own way is among its own.
  function ofVillage({ pairs, readings, ...months }, get, pages) {
    const documents = new Map();
    let index = null, hasSounds = false;
    meet({ pairs, readings });
    for (const month of Object.keys(months)) {
      months[month].forEach((one, place) => documents.set(refOf(month, place), one));
    }
    const own = (months[0] || []).map(([url]) => url), first = own.length;
    (pages || []).filter(([url]) => !own.some((one) => one.endsWith("/" + url)))
      .forEach((one, place) => documents.set(refOf(0, first + place), one));

    function analysed() {
      const terms = new Map();
      documents.forEach(([, title, , passages], ref) => {
        const counts = new Map([[ANY, 2]]);
        const count = (term) => counts.set(term, (counts.get(term) || 0) + 2);
        const all = (text, isTitle) => termsOf(text).concat(hasSounds ? soundsOf(text, isTitle) : []);
        const own = all(title, true);
        own.forEach(count);
        for (const [, text] of passages) all(text).forEach(count);
        new Set(own).forEach((term) => counts.set(term, counts.get(term) + 1));
        counts.forEach((value, term) => {
          const found = terms.get(term) || { count: 0, values: new Map(), end: Infinity };
          found.count += 1;
          found.values.set(ref, value);
          terms.set(term, found);
        });
      });
      return terms;
    }

    return {
      isHere: true,
      k1: K1,
      documents: documents.size,
      postings(terms) {
        if (!index || hasSounds !== knowsSounds()) {
          hasSounds = knowsSounds();
          index = analysed();
        }
        return Promise.resolve(new Map(terms.map((term) => [term, index.get(term) || NOWHERE])));
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
