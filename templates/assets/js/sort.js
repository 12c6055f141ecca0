/* Fetched by wide screens (rows.js), where tables stand as tables. A heading sorts: once from small to large, then the other way, then as the
 * village wrote it. What stands under a row goes with it. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const LEAST = 3;

  const said = (row, at) => (row.cells[at] ? row.cells[at].textContent.trim() : "");

  // Amounts, and days as they are written, are compared as numbers; all else as words.
  function keyOf(text) {
    const day = /^(\d{4})\D(\d{1,2})(?:\D(\d{1,2}))?/.exec(text);
    if (day) return day[1] * 10000 + day[2] * 100 + Number(day[3] || 0);
    const number = /^[-+]?[\d,]+(\.\d+)?/.exec(text);
    return number ? Number(number[0].replace(/,/g, "")) : text;
  }

  // What is blank comes last, whichever way.
  function compare(one, other, way) {
    if (one === "" || other === "") return (one === "") - (other === "");
    if (typeof one === "number" && typeof other === "number") return way * (one - other);
    return way * String(one).localeCompare(String(other), "zh-CN", { numeric: true });
  }

  function begin(table) {
    const body = table.tBodies[0];
    const heads = Array.from(table.querySelectorAll("thead th"));
    const all = Array.from(body.rows);
    const groups = [];
    for (const row of all) {
      if (row.matches(".because") && groups.length) groups[groups.length - 1].push(row);
      else if (!row.matches(".proof")) groups.push([row]);
    }
    if (groups.length < LEAST) return;
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        const now = was === null ? "ascending" : was === "ascending" ? "descending" : "";
        for (const other of heads) other.removeAttribute("aria-sort");
        if (now) head.setAttribute("aria-sort", now);
        const keys = new Map(groups.map((group) => [group, keyOf(said(group[0], at))]));
        const way = now === "descending" ? -1 : 1;
        const order = now ? groups.slice().sort((a, b) => compare(keys.get(a), keys.get(b), way)) : groups;
        for (const group of order) body.append(...group);
      });
    });
  }

  for (const table of document.querySelectorAll("table.rows, table.months")) begin(table);
})();
