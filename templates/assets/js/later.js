/* What few readers use is fetched when one of them does: one's own rows of a list (find.js), the slip and
 * what copies an address (slip.js, ask.js), reading aloud (speak.js). Each begins by itself and finds what
 * was typed meanwhile. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const addresses = document.currentScript.dataset;
  const coming = {};

  // Whether it is fetched now, and not already.
  function fetched(name) {
    if (coming[name]) return false;
    coming[name] = true;
    const script = document.createElement("script");
    script.src = addresses[name];
    script.onerror = () => {
      coming[name] = false; // the next touch tries again
      for (const told of document.querySelectorAll(".found")) told.textContent = "没有网络，现在查不了。连上网再点“查找”。";
    };
    document.head.append(script);
    return true;
  }
  window.mingbaiFetched = fetched;

  const later = () => fetched("later");
  const asked = () => /^#(ask|slip)$/.test(location.hash) && later();
  asked();
  window.addEventListener("hashchange", asked);
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("#ask, [href$='#ask'], [href$='#slip']")) later();
  });
  for (const place of document.querySelectorAll("[data-find]")) {
    const form = place.querySelector("form");
    place.hidden = false;
    place.addEventListener("focusin", later);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      later();
    });
    if (form.elements[0].value) later(); // one came back to a page
  }
})();
