/* Reading aloud: fetched when the button that voice.js offers is touched, and begins at once.
 *
 * What is seen is read in its order, a sentence at a time, rows of tables with their labels. After
 * some rows of a long table it waits to be asked for more. Pausing is ending and beginning again at
 * the same sentence, since phones do not hold speech. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const ROWS_AT_ONCE = 10;
  const LONGEST = 90; // characters; some voices stop after a quarter of a minute
  const RATE = 0.9;
  const LEFT_OUT = "nav, form, button, svg, noscript, [hidden], .hidden, .buttons, .button, " +
    ".verdict[hidden], thead, details:not([open]) > :not(summary)";

  const speech = window.speechSynthesis;
  const place = document.querySelector(".top-tools");
  const main = document.querySelector("main");
  const voice = window.mingbaiVoice && window.mingbaiVoice();
  const start = place && place.querySelector("[data-speak]");
  if (!voice || !start || !main) return;

  // ---------------------------------------------------------------------------- what is read

  // 9,800.00 is said as 9800.
  function spoken(text) {
    return text.replace(/\s+/g, " ").replace(/(\d),(?=\d{3})/g, "$1").replace(/(\d)\.00(?!\d)/g, "$1")
      .trim();
  }

  function rowWords(row) {
    return Array.from(row.cells).map((cell) => {
      const text = spoken(cell.textContent);
      const label = cell.getAttribute("data-label");
      return text && label && cell.tagName === "TD" ? label + " " + text : text;
    }).filter(Boolean).join("，");
  }

  function blockOf(node) {
    let element = node.parentElement;
    const row = element.closest("tr");
    if (row) return row;
    while (element !== main && /^inline/.test(getComputedStyle(element).display)) {
      element = element.parentElement;
    }
    return element;
  }

  function sentences(text) {
    return (text.match(/[^。！？；]+[。！？；]?/g) || []).reduce((all, one) => {
      if (one.length <= LONGEST) return all.concat(one);
      return all.concat(one.match(new RegExp(".{1," + LONGEST + "}(?:[，、,]|$)|.{1," + LONGEST + "}", "g")));
    }, []);
  }

  // [{element, text, isRow}] of all that can be seen, in the page's order.
  function pieces() {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const blocks = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest(LEFT_OUT) || !parent.getClientRects().length) continue;
      const element = blockOf(node);
      const last = blocks[blocks.length - 1];
      if (last && last.element === element) last.text += node.data;
      else blocks.push({ element, text: node.data });
    }
    return blocks.reduce((all, { element, text }) => {
      const isRow = element.tagName === "TR";
      const words = isRow ? rowWords(element) : spoken(text);
      return all.concat(sentences(words).map((one) => ({ element, text: one, isRow })));
    }, []);
  }

  // ------------------------------------------------------------------------------ the reading

  let all = [], at = 0, until = 0, current = null, state = "idle";
  const stop = document.createElement("button");
  stop.type = "button";
  stop.textContent = "停止";
  stop.addEventListener("click", end);
  place.append(stop);
  start.addEventListener("click", begin);

  function turn(next) {
    state = next;
    start.textContent = { idle: "朗读", reading: "暂停", paused: "接着读" }[state];
    stop.hidden = state === "idle";
    document.documentElement.classList.toggle("speaking", state !== "idle");
  }

  function mark(element) {
    for (const one of main.querySelectorAll(".being-read")) one.classList.remove("being-read");
    if (!element) return;
    element.classList.add("being-read");
    const box = element.getBoundingClientRect();
    if (box.top < 0 || box.bottom > window.innerHeight * 0.8) element.scrollIntoView({ block: "center" });
  }

  function silence() {
    current = null; // its end is not the end of a sentence
    speech.cancel();
  }

  function say(text, then) {
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = RATE;
    current = words; // and kept from being collected, which would lose its end
    words.onend = () => { if (current === words) then(); };
    words.onerror = () => { if (current === words) end(); };
    speech.speak(words);
  }

  // The place where a long table's first rows have been read.
  function portion(from) {
    const rows = new Set();
    let to = from;
    for (; to < all.length; to += 1) {
      if (all[to].isRow) rows.add(all[to].element);
      if (rows.size > ROWS_AT_ONCE) break;
    }
    return to;
  }

  function step() {
    if (at >= all.length) {
      end();
    } else if (at >= until) {
      const left = new Set(all.slice(at).filter((one) => one.isRow).map((one) => one.element)).size;
      say("表里还有 " + left + " 行，要听请点“接着读”。", pause);
    } else {
      mark(all[at].element);
      say(all[at].text, () => { at += 1; step(); });
    }
  }

  function pause() {
    silence();
    turn("paused");
  }

  function begin() {
    if (state === "reading") {
      pause();
      return;
    }
    if (state === "idle") {
      all = pieces();
      at = 0;
    }
    until = portion(at);
    speech.cancel(); // what another page may have left
    turn("reading");
    step();
  }

  function end() {
    const hadFocus = document.activeElement === stop;
    silence();
    mark(null);
    turn("idle");
    if (hadFocus) start.focus();
  }

  window.addEventListener("pagehide", silence);
  begin();
})();
