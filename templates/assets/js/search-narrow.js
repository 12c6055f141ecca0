/* Narrows a search by town, village, board, kind and year: what can be chosen, with how many there
 * are where that is known, and what was. The page lists boards and kinds. Loaded after
 * search-find.js. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const FACETS = [["town", "镇"], ["village", "村"], ["board", "栏目"], ["kind", "内容"], ["year", "年份"]];
  const MOST = 60; // to choose from; of more villages a town comes first

  function listedBoards() {
    return Array.from(document.querySelectorAll("[data-board]"), (list) => ({
      id: list.getAttribute("data-board"),
      title: list.getAttribute("aria-label"),
      kinds: Array.from(list.querySelectorAll("[data-item]"), (link) => (
        [link.getAttribute("data-item"), link.textContent])),
    }));
  }

  // `changed` runs what is narrowed; `names` gives the towns of a site with their villages.
  function narrowing(place, names, changed) {
    const boards = listedBoards(), chosen = {};
    let towns = [], shown = "", offers = 0, asked = null;
    const above = new Map(); // the board of a kind, the town of a village
    boards.forEach((board) => board.kinds.forEach(([kind]) => above.set("kind " + kind, board.id)));

    const line = document.createElement("p"), details = document.createElement("details");
    const summary = document.createElement("summary"), fields = document.createElement("div");
    line.className = "chosen";
    details.className = "rest narrow";
    fields.className = "facets";
    summary.textContent = "筛选";
    details.append(summary, fields);
    place.after(line, details);
    line.hidden = details.hidden = true;
    details.addEventListener("toggle", () => {
      const own = offers;
      if (!details.open || !asked) return;
      withNames().then(asked).then((told) => own === offers && fill(told)).catch(() => { details.open = false; });
    });

    // What there is of a facet, [value, title], in the order in which it is shown.
    function known(facet, facts) {
      const groups = facet === "town" || facet === "village" ? towns : boards;
      if (facet === "year") {
        const years = new Set((facts || []).map(({ year }) => year).filter(Boolean));
        return Array.from(years).sort().reverse().map((year) => [year, year + "年"]);
      }
      if (facet === "town" || facet === "board") return groups.map(({ id, title }) => [id, title]);
      const within = groups === towns ? chosen.town : chosen.board;
      return [].concat(...groups.filter(({ id }) => !within || id === within)
        .map(({ villages, kinds }) => villages || kinds));
    }

    function valueOf(facet, fact) {
      if (facet === "town") return above.get("village " + fact.village);
      return facet === "board" ? above.get("kind " + fact.kind) : fact[facet];
    }

    function choose(facet, value) {
      chosen[facet] = value;
      if (facet === "village" && value) chosen.town = "";
      if (facet === "kind" && value) chosen.board = "";
      details.open = false;
      showChosen();
      changed();
      const next = line.querySelector("button") || summary;
      next.focus();
    }

    function showChosen() {
      const now = JSON.stringify([chosen, towns.length]);
      if (now === shown) return; // a button that has the focus keeps it
      shown = now;
      line.textContent = "";
      for (const [facet, name] of FACETS) {
        if (!chosen[facet]) continue;
        const [, title] = known(facet, [{ year: chosen.year }]).find(([value]) => value === chosen[facet]) || ["", chosen[facet]];
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = title + " ✕";
        button.setAttribute("aria-label", "不限" + name + "（现在只看" + title + "）");
        button.addEventListener("click", () => choose(facet, ""));
        line.append(button);
      }
      line.hidden = !line.children.length;
    }

    // `facts` say of each document its year, village and kind, as far as `has` says so; `about`
    // stands before numbers that may be less.
    function fill({ facts, has, about }) {
      fields.textContent = "";
      for (const [facet, name] of FACETS) {
        if (chosen[facet] || (facet === "town" && chosen.village) || (facet === "board" && chosen.kind)) continue;
        const counts = new Map(), isCounted = has(facet);
        for (const fact of isCounted ? facts : []) {
          const value = valueOf(facet, fact);
          counts.set(value, (counts.get(value) || 0) + 1);
        }
        const options = known(facet, facts).filter(([value]) => !isCounted || counts.has(value));
        if (options.length < 2 || options.length > MOST) continue;
        const field = document.createElement("select");
        field.setAttribute("aria-label", name);
        field.append(new Option(name + "不限", ""));
        for (const [value, title] of options) {
          field.append(new Option(title + (isCounted ? "（" + about + counts.get(value) + "）" : ""), value));
        }
        field.addEventListener("change", () => choose(facet, field.value));
        fields.append(field);
      }
      return fields.children.length > 0;
    }

    async function withNames() {
      if (towns.length) return;
      towns = (await names()).map(([id, title, villages]) => ({ id, title, villages }));
      towns.forEach((town) => town.villages.forEach(([village]) => above.set("village " + village, town.id)));
    }

    return {
      chosen,
      titles: () => Array.from(line.children, (button) => button.textContent.slice(0, -2)),
      kind: (id) => ([].concat(...boards.map(({ kinds }) => kinds)).find(([one]) => one === id) || ["", ""])[1],
      village: (id) => {
        const found = [].concat(...towns.map(({ villages }) => villages)).find(([one]) => one === id);
        return found ? found[1] : "";
      },
      // Names to type: items, towns and villages.
      async names() {
        await withNames();
        const places = [].concat(...towns.map(({ title, villages }) => [title].concat(villages.map(([, name]) => name))));
        return places.concat(...boards.map(({ kinds }) => kinds.map(([, title]) => title)));
      },
      read(parameters) {
        FACETS.forEach(([facet]) => { chosen[facet] = parameters.get(facet) || ""; });
      },
      write(parameters) {
        FACETS.forEach(([facet]) => {
          if (chosen[facet]) parameters.set(facet, chosen[facet]);
          else parameters.delete(facet);
        });
      },
      clear() {
        FACETS.forEach(([facet]) => { chosen[facet] = ""; });
      },
      async filter() {
        if (chosen.town || chosen.village) await withNames();
        const town = towns.find(({ id }) => id === chosen.town), board = boards.find(({ id }) => id === chosen.board);
        const villages = chosen.village ? [chosen.village] : town && town.villages.map(([id]) => id);
        const kinds = chosen.kind ? [chosen.kind] : board && board.kinds.map(([id]) => id);
        showChosen();
        if (!villages && !kinds && !chosen.year) return null;
        const isIn = new Set(villages);
        return {
          kinds: kinds || null,
          passes: ({ year, village }) => (!chosen.year || year === chosen.year) && (!villages || isIn.has(village)),
        };
      },
      hide() {
        showChosen();
        details.hidden = true;
      },
      // `told` gives what is known of all results, when someone asks, or at once where it is `here`.
      offer(told, here) {
        details.open = false;
        details.hidden = here ? !fill(here) : false;
        offers += 1;
        asked = here ? null : told;
      },
    };
  }

  Object.assign(window.mingbaiSearch, { narrowing });
})();
