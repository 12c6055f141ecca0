/* Names to choose from: what one may mean while one types, what one asked before (known to this
 * device alone), and what is near where nothing was found. Loaded after search-words.js.
 * Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const { plain, begun, searchable, holds } = window.mingbaiSearch;

  const KEY = "mingbai-asked";
  const MOST = 6; // to choose from at one time
  const KEPT = 8;
  const LONG = 6; // characters of a part of a query that is tried

  const squeezed = (text) => plain(text).replace(/ /g, "");

  // Those that begin with what was typed, those that hold it, and those that are read so as far as
  // it is typed.
  function beginning(names, typed) {
    const word = squeezed(typed), starts = [], within = [], heard = [], [letters] = begun(typed, true);
    for (const name of word ? names : []) {
      const at = squeezed(name).indexOf(word);
      if (at >= 0 && squeezed(name) !== word) (at ? within : starts).push(name);
      else if (letters && holds(searchable(name, name), letters)) heard.push(name);
    }
    return starts.concat(within, heard).slice(0, MOST);
  }

  // Whether two words differ by one character: another, one more, or one less.
  function isOneOff(one, other) {
    const a = Array.from(one), b = Array.from(other);
    if (one === other || Math.abs(a.length - b.length) > 1 || a.length + b.length < 4) return false;
    let start = 0, end = 0;
    while (start < a.length && a[start] === b[start]) start += 1;
    while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
    return Math.max(a.length, b.length) - start - end === 1;
  }

  // Those that sound alike come first; of longer names the beginning may be meant.
  function near(names, asked) {
    const { sameSound } = window.mingbaiSearch, word = squeezed(asked), length = Array.from(word).length;
    const isNear = (name) => isOneOff(name, word) ||
      (length > 2 && isOneOff(Array.from(name).slice(0, length).join(""), word));
    const alike = names.filter((name) => sameSound && squeezed(name) !== word && sameSound(squeezed(name), word));
    return alike.concat(names.filter((name) => !alike.includes(name) && isNear(squeezed(name)))).slice(0, MOST);
  }

  // What else may be tried where a query finds nothing, the longest parts first.
  function shorter(asked) {
    const words = plain(asked).split(" "), [word] = words, letters = Array.from(word);
    if (words.length > 1) return words.slice(0, MOST);
    const number = /^¥?([0-9.,]+)(?:元|块)?$/.exec(word);
    if (number) return number[1] === word ? [] : [number[1]];
    const parts = [];
    for (let length = Math.min(letters.length - 1, LONG); length > 1; length--) {
      for (let at = 0; at + length <= letters.length; at++) parts.push(letters.slice(at, at + length).join(""));
    }
    return parts.slice(0, LONG * 2);
  }

  function asked() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
      return kept.filter((query) => typeof query === "string").slice(0, KEPT);
    } catch (error) {
      return []; // storage may be forbidden
    }
  }

  function keep(query) {
    try {
      if (!query) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify([query].concat(asked().filter((one) => one !== query)).slice(0, KEPT)));
    } catch (error) {
      // as above
    }
  }

  // A line of buttons under the form; `choose` runs what was chosen.
  function choices(form, choose) {
    const line = document.createElement("div");
    line.className = "choices";
    line.setAttribute("role", "group");
    line.hidden = true;
    form.after(line);

    function button(text, act, name) {
      const one = document.createElement("button");
      one.type = "button";
      one.textContent = text;
      if (name) one.className = name;
      one.addEventListener("click", act);
      line.append(one);
    }

    function show(label, texts) {
      const there = Array.from(line.children, (one) => one.textContent);
      const isSame = line.getAttribute("aria-label") === label && String(there) === String(texts);
      if (isSame) return; // so that what is in focus stays there
      line.textContent = "";
      line.hidden = !texts.length;
      line.setAttribute("aria-label", label);
      texts.forEach((text) => button(text, (event) => choose(text, event)));
    }

    return {
      hide: () => show("", []),
      offer: (names, typed) => show("可能要找的", beginning(names, typed)),
      recall() {
        show("搜过的", asked());
        if (!line.hidden) button("清除", (event) => { keep(""); show("", []); choose("", event); }, "forget");
      },
      buttons: () => Array.from(line.children),
    };
  }

  Object.assign(window.mingbaiSearch, { choices, keep, near, shorter });
})();
