/* A name that was typed goes on to the page that looks for it in all lists (mine.js): in this tab
 * alone, never in an address. Where storage is forbidden it is typed again.
 * Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  function carry() {
    const field = document.getElementById("mine");
    try {
      if (field && field.value.trim()) sessionStorage.setItem("mingbai-mine", field.value.trim());
    } catch (error) {
      // as above
    }
  }

  for (const way of document.querySelectorAll("[data-carry]")) {
    if (way.matches("a")) {
      way.addEventListener("click", carry);
      continue;
    }
    way.addEventListener("submit", (event) => {
      event.preventDefault();
      carry();
      location.href = way.action;
    });
  }
})();
