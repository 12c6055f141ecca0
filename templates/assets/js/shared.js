/* On a page that all villages share: the header, the search and the phone of the village from whose
 * pages one came (place.js), and the way to that village's own form of a power. Without a script, or
 * for who came from elsewhere, the page is the site's. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const root = document.documentElement.getAttribute("data-root");
  if (root === null) return;

  // What a server shows for a folder; from a stick the file has to be named.
  function address(path) {
    const isFile = location.protocol === "file:" && /(^|\/)$/.test(path);
    return root + path + (isFile ? "index.html" : "");
  }

  function resolved(path) {
    const link = document.createElement("a");
    link.href = path;
    return link.href.replace(/(index\.html)?([?#].*)?$/, "");
  }

  function recall() {
    try {
      const kept = JSON.parse(sessionStorage.getItem("mingbai-village") || "null");
      return kept && /^v\/[a-z0-9-]+\/$/.test(kept.home) ? kept : null;
    } catch (error) {
      return null; // storage may be forbidden
    }
  }

  function tell(asks) {
    for (const line of document.querySelectorAll("[data-ask]")) {
      const own = asks[line.getAttribute("data-ask")];
      const number = line.querySelector("a.call[href^='tel:']");
      if (!own || !number) continue;
      line.querySelector("span").textContent = own[0];
      number.lastChild.textContent = own[1];
      number.setAttribute("href", dial(own[1]));
    }
  }

  function dial(number) {
    return "tel:" + number.replace(/[^0-9+]/g, "");
  }

  function lead(link, path) {
    link.setAttribute("href", address(path));
  }

  function show(kept) {
    const name = document.querySelector("header .name a");
    if (name) {
      name.textContent = kept.name;
      lead(name, kept.home);
    }
    const find = document.querySelector("a.find");
    if (find) lead(find, kept.home + "search/");
    const number = document.querySelector(".foot-phone a");
    if (number && kept.phone) {
      number.parentNode.firstChild.textContent = kept.words;
      number.textContent = kept.phone;
      number.setAttribute("href", dial(kept.phone));
    }
    tell(kept.asks || {});
    const first = document.querySelector("[data-first]");
    // Where those whom one asks are filled in below, they are not named twice.
    if (first && kept.asks && kept.asks.accounts) first.hidden = true;
    else if (first && number && kept.phone) {
      first.textContent = "先找" + kept.name + "的" + kept.words;
      first.appendChild(number.cloneNode(true));
    }
    const instead = {};
    for (const path of ["powers/", "calendar/", "corrections/"]) {
      instead[resolved(root + path)] = kept.home + path;
    }
    for (const id of kept.own) {
      instead[resolved(root + "powers/" + id + "/")] = kept.home + "powers/" + id + "/";
    }
    for (const link of document.querySelectorAll("a[href]")) {
      const target = instead[resolved(link.getAttribute("href"))];
      if (target) lead(link, target);
      else if (link.hasAttribute("data-home")) lead(link, kept.home);
    }
    const crumb = document.querySelector(".crumbs a");
    if (crumb && resolved(crumb.getAttribute("href")) === resolved(root || "./")) {
      crumb.textContent = kept.name;
      lead(crumb, kept.home);
    }
    if (kept.own.length) differ(kept, instead[resolved(location.href)]);
  }

  // The village has its own form of the power, or of powers, on this page: said before all else.
  function differ(kept, own) {
    const heading = own && document.querySelector("main h1");
    if (!heading) return;
    const words = document.createElement("p");
    const link = document.createElement("a");
    words.className = "card empty";
    link.textContent = "看" + kept.name + "的做法";
    lead(link, own);
    words.append("这是全镇通行的做法，" + kept.name + "有自己的：", link, "。");
    heading.parentNode.insertBefore(words, heading.nextSibling);
  }

  const kept = recall();
  if (kept) show(kept);
})();
