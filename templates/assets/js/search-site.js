/* The site is searched from shards by term, as generator/render/search/shards.py writes them: see
 * search-sources.js. Loaded after search.js, which asks for `ofSite` once the page is there.
 * Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const { bucketOf, numbersOf, prepare, SPAN, NOWHERE, refOf, monthOf, yearOf, meet } = window.mingbaiSearch;

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

  Object.assign(window.mingbaiSearch, { ofSite });
})();
