// What the tests of quality ask of a page in the browser. Evaluates to an object of functions,
// each of which returns a list of faults in words.
(() => {
  "use strict";

  const SMALLEST_TEXT = 16, SMALLEST_TARGET = 44, SLACK = 0.6;
  // A flow of boxes and the plan of a board need their width: each is moved about within a frame of
  // its own, which the keyboard reaches, and stands beside a list that says the same.
  const FRAMES = ".picture, .board";

  function name(element) {
    const tag = element.tagName.toLowerCase();
    const kind = element.getAttribute("class");
    const text = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 24);
    return tag + (kind ? "." + kind.trim().replace(/\s+/g, ".") : "") + " “" + text + "”";
  }

  // Text for screen readers only stands in .hidden; it takes no room on the screen.
  const seen = new Map();  // a page does not change while it is asked
  function isSeen(element) {
    if (!seen.has(element)) seen.set(element, looksSeen(element));
    return seen.get(element);
  }

  function looksSeen(element) {
    if (element.closest(".hidden, script, style, noscript, title, desc, defs")) return false;
    const style = getComputedStyle(element);
    if (style.visibility !== "visible" || style.display === "none") return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right > 0;
  }

  function texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.trim() && isSeen(node.parentElement)) found.push(node);
    }
    return found;
  }

  function scaleOf(element) {
    if (!(element instanceof SVGElement)) return 1;
    const matrix = element.getScreenCTM();
    return Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
  }

  function smallText() {
    const faults = new Set();
    function judge(element, style) {
      const size = parseFloat(style.fontSize) * scaleOf(element);
      if (size < SMALLEST_TEXT - 0.05) faults.add(name(element) + " " + size.toFixed(1) + " px");
    }
    for (const node of texts()) judge(node.parentElement, getComputedStyle(node.parentElement));
    for (const element of document.querySelectorAll("body *")) {
      for (const part of ["::before", "::after", "::marker"]) {
        const style = getComputedStyle(element, part);
        if (!/[^\s"]/.test(style.content.replace(/^(none|normal)$/, "")) || !isSeen(element)) continue;
        judge(element, style);
      }
      if (element.matches("input, select, textarea") && isSeen(element)) {
        judge(element, getComputedStyle(element));
      }
    }
    return [...faults];
  }

  // A link within a line of other words; its height is that of the line.
  function isInText(element) {
    if (getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (/^inline/.test(getComputedStyle(block).display)) block = block.parentElement;
    const copy = block.cloneNode(true);
    copy.querySelectorAll("a, button").forEach((one) => one.remove());
    return /[\p{L}\p{N}]/u.test(copy.textContent);
  }

  function targets() {
    const all = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    return [...document.querySelectorAll(all)].filter(
      (one) => isSeen(one) && !one.closest("svg") && !one.matches(".skip:not(:focus)"));
  }

  function smallTargets() {
    return targets().filter((one) => {
      if (isInText(one) || getComputedStyle(one).pointerEvents === "none") return false; // no finger's
      const box = one.getBoundingClientRect();
      return Math.min(box.width, box.height) < SMALLEST_TARGET - SLACK;
    }).map((one) => {
      const box = one.getBoundingClientRect();
      return name(one) + " " + box.width.toFixed(1) + " × " + box.height.toFixed(1);
    });
  }

  function sideways() {
    const root = document.scrollingElement, faults = [];
    if (root.scrollWidth > innerWidth) faults.push("page " + root.scrollWidth + " > " + innerWidth);
    for (const element of document.querySelectorAll("body *")) {
      if (!isSeen(element) || element.closest("svg") || element.matches("input")) continue;
      const style = getComputedStyle(element);
      if (element.matches(FRAMES)) continue;
      if (/auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1) {
        faults.push(name(element) + " scrolls");
      }
    }
    return faults;
  }

  // Words that are cut off: beyond the window, by a box that hides what is too much, or by the
  // frame of a drawing.
  function clipped() {
    const faults = new Set(), range = document.createRange();
    for (const node of texts()) {
      const parent = node.parentElement;
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      const drawing = parent.closest("svg");
      const frame = drawing && drawing.getBoundingClientRect();
      const isMoved = drawing && drawing.closest(FRAMES);
      if (!isMoved && (box.right > innerWidth + 1 || box.left < -1)) {
        faults.add(name(parent) + " leaves the window");
      }
      if (frame && (box.left < frame.left - 1 || box.right > frame.right + 1 ||
          box.top < frame.top - 6 || box.bottom > frame.bottom + 6)) {
        faults.add(name(parent) + " leaves its drawing");
      }
    }
    for (const element of document.querySelectorAll("body *")) {
      if (!isSeen(element) || element.closest("svg") || element.matches("input")) continue;
      const style = getComputedStyle(element);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      if (element.matches(FRAMES)) continue;
      if (element.scrollWidth > element.clientWidth + 1 ||
          element.scrollHeight > element.clientHeight + 1) {
        faults.add(name(element) + " hides a part");
      }
    }
    return [...faults];
  }

  function moving() {
    return [...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      return style.animationName !== "none" || /[1-9]/.test(style.transitionDuration) ||
        style.scrollBehavior === "smooth";
    }).map(name);
  }

  // The grounds behind an element's words, its own first; what is plain says nothing.
  const grounds = new Map([[null, ""]]);
  function groundsOf(element) {
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.position].join();
      const said = own === "rgba(0, 0, 0, 0),none,1,static" ? "" : " " + own;
      grounds.set(element, said + groundsOf(element.parentElement));
    }
    return grounds.get(element);
  }

  // The elements with words whose look was not met before: the size and weight of their type, their
  // colour, and the grounds behind them. What was met is added to `met`, a list.
  function newLooks(met) {
    const known = new Set(met), found = [];
    for (const element of new Set(texts().map((node) => node.parentElement))) {
      const style = getComputedStyle(element), own = [style.color, style.fontSize, style.fontWeight];
      const key = [element.localName, ...own].join(" ") + groundsOf(element);
      if (!known.has(key)) { known.add(key); met.push(key); found.push(element); }
    }
    return found;
  }

  function deadControls() {
    return [...document.querySelectorAll("button, input, select, textarea")].filter(
      (one) => isSeen(one) && !(one.form && one.form.hasAttribute("action"))).map(name);
  }

  function empty() {
    return document.querySelector("main").innerText.trim().length > 20 ? [] : ["nothing to read"];
  }

  return { smallText, smallTargets, sideways, clipped, moving, newLooks, deadControls, empty };
})()
