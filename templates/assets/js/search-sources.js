/* Where postings and texts come from: a village's texts (search-village.js) or the site's shards
 * (search-site.js); a page has one of them. Both answer the same questions:
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
 * A document's number leads from its month, the newest first, to its place there. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const { learn, hearAll } = window.mingbaiSearch;
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

  Object.assign(window.mingbaiSearch, { SPAN, NOWHERE, refOf, monthOf, yearOf, meet });
})();
