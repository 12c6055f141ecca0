/* Parts of a page that not everybody needs are folded, tables on a phone show of each row what and how
 * much, and of many rows the first; all else is one tap behind. What an address asks for is unfolded, and
 * everything for paper. Without this script all of it is shown.
 * Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const MANY = 14, FIRST = 12, LEAST = 4; // of many rows how many are shown; of how many in 长辈版
  const NAMES = 4; // names in one line: as many times as many of a list of nothing else

  function begin(table) {
    const times = table.matches(".roll") ? NAMES : 1;
    const rows = Array.from(table.querySelectorAll("tbody tr.row, li"));
    const more = table.querySelector("tbody td.more:not(:empty)");
    const last = (name, first, many) => {
      if (rows.length <= many) return 0;
      for (const row of rows.slice(first)) {
        row.classList.add(name);
        const next = row.nextElementSibling;
        if (next && next.matches(".because")) next.classList.add(name);
      }
      return rows.length - first;
    };
    const later = last("later", FIRST * times, MANY * times), most = last("most", LEAST * times, (LEAST + 1) * times);
    if (!more && !most) return;
    for (const row of table.querySelectorAll(".because")) row.classList.toggle("linked", !row.querySelector("span"));
    table.classList.add("brief");
    const button = document.createElement("button");
    button.className = later ? "all" : "all few";
    const show = () => {
      const isFull = table.classList.contains("full");
      const count = isElder() ? most : later;
      button.textContent = isFull ? "只看要紧的" : count ? "全部列出（还有 " + count + " 条）" : "每一条的全部内容";
      button.setAttribute("aria-expanded", String(isFull));
      button.hidden = !isFull && !count && !more;
    };
    button.addEventListener("click", () => {
      table.classList.toggle("full");
      show();
    });
    table.addEventListener("click", (event) => {
      const row = event.target.closest("tr.row");
      if (row && !event.target.closest("a") && !String(getSelection())) row.classList.toggle("open");
    });
    document.addEventListener("click", (event) => {
      if (event.target.closest && event.target.closest("[data-elder]")) show();
    });
    table.after(button);
    show();
  }

  const isElder = () => document.documentElement.classList.contains("elder");

  const folds = Array.from(document.querySelectorAll("details.fold, details.aged"));
  const aged = folds.filter((fold) => fold.matches(".aged")); // folded in 长辈版 only
  let closed = folds;

  function unfold() {
    const id = decodeURIComponent(location.hash.slice(1));
    const aim = id && document.getElementById(id);
    for (let fold = aim && aim.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
    if (aim) aim.scrollIntoView();
  }

  for (const fold of folds) {
    const next = fold.nextElementSibling;
    fold.open = false;
    fold.classList.toggle("above", Boolean(next && next.matches(".fold"))); // one list with the next
  }
  const age = () => {
    for (const fold of aged) {
      fold.open = !isElder();
      fold.querySelector("summary").tabIndex = isElder() ? 0 : -1;
    }
  };
  age();
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("[data-elder]")) age();
  });
  for (const button of document.querySelectorAll("[data-enlarge]")) {
    button.addEventListener("click", () => {
      button.textContent = button.parentNode.classList.toggle("large") ? "看整张" : "放大看";
    });
  }

  // What only wide screens use, only they fetch.
  const wide = matchMedia("(min-width: 74em)"), address = document.currentScript.dataset.wide;
  function widen() {
    if (!wide.matches || !document.querySelector("table.rows, table.months")) return;
    wide.removeListener(widen);
    const script = document.createElement("script");
    script.src = address;
    document.head.append(script);
  }
  wide.addListener(widen); // Safari 12 has no addEventListener here
  widen();
  for (const table of document.querySelectorAll(".rows, .roll")) begin(table);
  window.addEventListener("beforeprint", () => {
    closed = folds.filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of closed) fold.open = false;
  });
  window.addEventListener("hashchange", unfold);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) unfold();
  });
  if (location.hash) unfold();
})();
