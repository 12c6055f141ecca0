/* Counts from the days that stand in the page: how many are left, how many have passed. The page
 * says the day, which stays true; the count is the reader's, of the day on which the page is read.
 * Days are China's wherever the phone is. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const DAY = 864e5, CHINA = 8 * 36e5; // milliseconds
  const FAR = 365; // days; of what is further off nobody counts them

  function today() {
    return Math.floor((Date.now() + CHINA) / DAY);
  }

  const words = {
    left: (days) => days > FAR ? "" : days > 0 ? "还有 " + days + " 天" : days ? "已过" : "今天到期",
    late: (days) => days < 0 ? "已过 " + -days + " 天" : "",
    last: (days) => days > 0 ? "还有 " + days + " 天" : days ? "已过" : "今天是最后一天",
    over: (days) => days < 0 ? "已过" : "",
    near: (days) => ["今天", "明天"][days] || "",
  };

  function show() {
    for (const time of document.querySelectorAll("time[data-count]")) {
      const kind = time.getAttribute("data-count");
      const left = Date.parse(time.getAttribute("datetime") + "T00:00Z") / DAY - today();
      const text = words[kind] ? words[kind](left) : "";
      let count = time.nextElementSibling;
      if (!count || !count.hasAttribute("data-days")) {
        count = document.createElement("span");
        count.setAttribute("data-days", "");
        time.parentNode.insertBefore(count, time.nextSibling);
      }
      count.className = (kind === "left" || kind === "last") && !left ? "today" : "";
      count.textContent = text && "（" + text + "）";
    }
  }

  show();
  // A page that was left open overnight, or that one comes back to, counts anew.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) show(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) show(); });
})();
