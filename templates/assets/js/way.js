/* Who comes from the search to the page of a result is led through it by walk.js, whose address the
 * search left in this tab (search.js). It is forgotten on any other page.
 */
(function () {
  "use strict";

  try {
    const way = JSON.parse(sessionStorage.getItem("mingbai-walk"));
    if (!way || document.querySelector("[data-search]")) return;
    if (way.page !== location.pathname) {
      sessionStorage.removeItem("mingbai-walk");
      return;
    }
    const script = document.createElement("script");
    script.src = way.script;
    document.head.append(script);
  } catch (error) {
    // storage may be forbidden
  }
})();
