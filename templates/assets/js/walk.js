/* On the page to which the search led: marks what was found and walks through it. Which rows and
 * words these are is known to the tab alone (search.js), and site.js loads this only then.
 * Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const KEY = "mingbai-walk";
  const main = document.querySelector("main");
  let way = null;
  try {
    way = JSON.parse(sessionStorage.getItem(KEY));
  } catch (error) {
    return; // storage may be forbidden
  }
  if (!way || !main) return;

  const words = way.words.sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\\/]/g, "\\$&"));
  const pattern = words.length ? new RegExp(words.join("|"), "g") : null;

  function textsIn(element) {
    const texts = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!walker.currentNode.parentNode.closest("mark, svg, script, noscript")) texts.push(walker.currentNode);
    }
    return texts;
  }

  function markIn(element, isMeant) {
    const marks = [];
    for (const text of pattern ? textsIn(element) : []) {
      if (!isMeant(text.parentNode)) continue;
      const parts = document.createDocumentFragment();
      let at = 0;
      pattern.lastIndex = 0;
      for (let match = pattern.exec(text.data); match; match = pattern.exec(text.data)) {
        const mark = document.createElement("mark");
        mark.textContent = match[0];
        parts.append(text.data.slice(at, match.index), mark);
        marks.push(mark);
        at = match.index + match[0].length;
      }
      if (!at) continue;
      parts.append(text.data.slice(at));
      text.parentNode.replaceChild(parts, text);
    }
    return marks;
  }

  function unmark() {
    for (const mark of document.querySelectorAll("main mark")) {
      const { parentNode } = mark;
      parentNode.replaceChild(document.createTextNode(mark.textContent), mark);
      parentNode.normalize();
    }
  }

  function placesFound() {
    const rows = way.rows.filter(Boolean).map((id) => document.getElementById(id)).filter(Boolean);
    for (const row of rows) {
      markIn(row, () => true);
      const under = row.nextElementSibling; // what the row leads to
      if (under && under.matches(".because")) markIn(under, () => true);
    }
    const others = rows.length && !way.rows.includes("") ? [] :
      markIn(document.querySelector("article") || main, (parent) => !parent.closest("tr, .people, .buttons, nav"));
    return rows.concat(others).filter((one) => !one.closest("[hidden]"))
      .sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  }

  const places = placesFound();
  if (!places.length) return;
  let at = Math.max(0, places.findIndex((one) => one.id && "#" + one.id === location.hash));

  const bar = document.createElement("div"), number = document.createElement("span");
  bar.className = "walk";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "找到的地方");
  number.setAttribute("role", "status");

  function button(text, act) {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = text;
    one.addEventListener("click", act);
    return one;
  }

  function show(next) {
    places[at].classList.remove("here");
    at = (next + places.length) % places.length;
    const place = places[at];
    for (let fold = place.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
    place.classList.add("here");
    if (place.id) location.replace("#" + place.id); // :target marks the row; nothing to go back to
    else place.scrollIntoView({ block: "center" });
    number.textContent = (at + 1) + " / " + places.length;
  }

  function close() {
    try {
      sessionStorage.removeItem(KEY);
    } catch (error) {
      // as above
    }
    places[at].classList.remove("here");
    unmark();
    bar.remove();
    document.documentElement.classList.remove("walking");
  }

  if (places.length > 1) bar.append(button("上一处", () => show(at - 1)));
  bar.append(number);
  if (places.length > 1) bar.append(button("下一处", () => show(at + 1)));
  bar.append(button("关闭", close));
  main.prepend(bar);
  document.documentElement.classList.add("walking");
  show(at);
})();
