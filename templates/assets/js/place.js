/* A page that all villages share, such as a power or a story, keeps the header, the search and the
 * phone of the village from whose pages one came (shared.js). The village is known to this tab alone
 * and is forgotten with it. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const page = document.documentElement;
  const home = page.getAttribute("data-village");
  if (!page.hasAttribute("data-root") || page.hasAttribute("data-shared")) return;

  function remember() {
    const name = document.querySelector("header .name");
    const phone = document.querySelector(".foot-phone");
    const number = phone && phone.querySelector("a");
    const kept = home && name && {
      home,
      name: name.textContent.trim(),
      words: number ? phone.firstChild.textContent : "",
      phone: number ? number.textContent : "",
      own: (page.getAttribute("data-own") || "").split(" ").filter(Boolean),
      asks: asks(),
    };
    try {
      if (kept) sessionStorage.setItem("mingbai-village", JSON.stringify(kept));
      else sessionStorage.removeItem("mingbai-village");
    } catch (error) {
      // storage may be forbidden
    }
  }

  // Whom to tell what, as the head of a page says it.
  function asks() {
    const told = {};
    for (const line of document.querySelectorAll(".tell [data-ask]")) {
      const number = line.querySelector("a.call[href^='tel:']");
      if (number) told[line.getAttribute("data-ask")] = [line.querySelector("span").textContent, number.textContent.trim()];
    }
    return told;
  }

  remember();
})();
