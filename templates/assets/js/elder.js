/* 长辈版, larger type: runs before the page is drawn, so that no small text flashes up. The choice
 * and the last queries (search-names.js) are all that the site keeps about a reader for longer than a
 * tab is open (place.js), and they stay on the reader's device.
 * Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const KEY = "mingbai-elder";
  const root = document.documentElement;

  function recall() {
    try {
      return localStorage.getItem(KEY) === "1";
    } catch (error) {
      return false; // storage may be forbidden; then the choice lasts for this page
    }
  }

  function remember(on) {
    try {
      if (on) localStorage.setItem(KEY, "1");
      else localStorage.removeItem(KEY);
    } catch (error) {
      // as above
    }
  }

  function show(on) {
    root.classList.toggle("elder", on); // what the button says follows, by the style sheet
  }

  root.classList.add("js"); // controls that need a script are shown from the start, or never
  show(recall());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) show(recall()); // one came back to a page that was left otherwise
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("[data-elder]")) return;
    const on = !root.classList.contains("elder");
    show(on);
    remember(on);
  });
})();
