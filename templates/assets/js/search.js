/* Search in one village, or in all of the site, the page of it: what is typed, the list,
 * the number, the sum, and the way to a result and back. Loaded after search-narrow.js, before search-village.js or
 * search-site.js.
 *
 * The page carries (and works without this script, except that nothing is found):
 *
 *   <form data-search="village" data-root="../../../" data-walk="…/walk.js" role="search" method="get">
 *     <input type="search" name="q"> <button>搜索</button>
 *   </form>
 *   <p data-results-count aria-live="polite"></p>
 *   <ol data-results></ol>
 *   <div data-whom hidden> … </div>, whom to ask where nothing is found
 *   <section data-listed> … </section>, what there is to choose from without a word
 *
 * data-search: "village", whose texts.json lies beside the page, or "site"; data-root: the way from
 * the page to the site's root; data-here: the village's name. What is filled in: `ol > li > a[href]`, which leads to the best
 * passage of a record, with a `p` for each of the passages, hits in `mark`; the number in `b` and in
 * `data-count` of [data-results-count]; a button [data-results-more] after the list when there is
 * more than one screenful. What is chosen in search-narrow.js stands in the address beside the word.
 * Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const {
    guide, find, mayGoOn, hitRanges, kindOf, amountOf, sumsOf, choices, keep, near, shorter,
    narrowing, SIDES, linkTo, money, resultItem,
  } = window.mingbaiSearch;

  const WALK = "mingbai-walk"; // read by walk.js
  const LIST = "mingbai-list";

  const SHOWN_AT_ONCE = 50; // of a village, whose texts are here
  const FIRST = 5; // of the site, whose texts are fetched for what is shown
  const MORE = 10;
  const DEBOUNCE_MS = 200;

  function session(key, value) {
    try {
      if (value === undefined) return JSON.parse(sessionStorage.getItem(key));
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch (error) {
      return null; // storage may be forbidden
    }
  }

  function attach(form) {
    const input = form.querySelector("input[name=q]");
    const count = document.querySelector("[data-results-count]");
    const list = document.querySelector("ol[data-results]");
    const listed = document.querySelector("[data-listed]"), whom = document.querySelector("[data-whom]");
    const root = form.getAttribute("data-root") || "./";
    const isSite = form.getAttribute("data-search") === "site", here = form.getAttribute("data-here");
    const home = new URL(root, location.href).href;
    let loading = null, ready = false, timer = 0, kept = "", today, runs = 0, names = [];

    const sum = document.createElement("p"), tries = document.createElement("ul");
    sum.className = "sum";
    tries.className = "tries";
    count.after(sum, tries);
    const more = document.createElement("button");
    more.type = "button";
    more.hidden = true;
    more.setAttribute("data-results-more", "");
    more.textContent = "显示更多";
    list.after(more);

    const towns = () => (isSite ? get(home + "search/names.json", "no-cache") : Promise.resolve([]));
    const narrow = narrowing(sum, towns, () => {
      offered.hide();
      run();
    });
    const offered = choices(form, (query, event) => {
      input.value = query;
      run();
      if (query) offered.hide();
      if (event.detail === 0) input.focus(); // of who uses keys; a phone would show its own again
    });

    function get(url, cache) {
      if (location.protocol === "file:") return fromScript(url);
      return fetch(url, { cache }).then((response) => {
        if (!response.ok) {
          throw Object.assign(new Error(url + ": " + response.status), { isGone: response.status === 404 });
        }
        const when = response.headers.get("X-When"); // from sw.js: a kept copy, and its time
        if (when) isCopy(decodeURIComponent(when));
        return response.json();
      });
    }

    function day() {
      return new Date(Date.now() + 288e5).toISOString().slice(0, 10); // China has one time zone
    }

    function isCopy(when) {
      kept = when ? "（按" + when + "存下的资料）" : "";
      today = day();
    }

    // Files opened by a double click may not be fetched: generator/packer wrote scripts.
    function fromScript(url) {
      return new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = url.replace(/json$/, "js");
        script.onload = () => resolve(window.mingbaiData); // it ran just now
        script.onerror = reject;
        isCopy("");
        document.head.append(script);
      });
    }

    function opened() {
      // no-cache: asks whether the copy is still good
      const fresh = (path) => get(home + "search/" + path + ".json", "no-cache");
      const known = fresh("guide").then(guide).catch(() => {}); // it is searched without
      if (!isSite) {
        const beside = (path) => get(new URL(path, location.href).href, "no-cache"), pages = fresh("pages").catch(() => ({}));
        return Promise.all([beside("texts.json"), pages, known]).then(([texts, others]) => {
          const source = window.mingbaiSearch.ofVillage(texts, beside, (path) => get(home + path, "default"), others);
          namesIn(source.here());
          return source;
        });
      }
      // Shards are named by their content.
      const cache = (path) => (/^search\/[rt]\//.test(path) ? "force-cache" : "default");
      return Promise.all([fresh("start"), known])
        .then(([start]) => window.mingbaiSearch.ofSite(start, (path) => get(home + path, cache(path))));
    }

    // Of a village also its groups, and who is paid, while the names are shown.
    async function namesIn(documents) {
      const places = (listed && listed.getAttribute("data-listed") || "").split(" "), payees = new Set();
      for (const [, , , passages] of documents) {
        for (const passage of passages) {
          const amount = !(passage[2] && passage[2] < day()) && amountOf(passage);
          if (amount && amount.name) payees.add(amount.name);
        }
      }
      names = (await narrow.names()).concat(places.filter(Boolean), Array.from(payees));
    }

    function load() {
      if (!loading) {
        if (isSite) narrow.names().then((all) => { names = all; }).catch(() => {});
        loading = opened().then((source) => {
          ready = true;
          return source;
        });
        loading.catch(() => { loading = null; }); // the next word tries again
      }
      return loading;
    }

    function say(text) {
      count.removeAttribute("data-count");
      count.textContent = text;
    }

    function tellWhom(isNeeded) {
      if (whom) whom.hidden = !isNeeded;
    }

    function clear() {
      tellWhom(false);
      list.textContent = sum.textContent = tries.textContent = "";
      more.hidden = true;
    }

    // What else may be tried: near names, less of the word, all kinds and years, all villages.
    async function offerTries(source, query, own) {
      const add = (text, address, act) => {
        const item = document.createElement("li"), link = linkTo(address);
        link.textContent = text;
        if (act) link.addEventListener("click", (event) => { event.preventDefault(); act(); });
        item.append(link);
        tries.append(item);
      };
      const ask = (label) => (other) => add(label + other, "?q=" + encodeURIComponent(other), () => {
        input.value = other;
        run();
      });
      tries.textContent = "";
      if (narrow.titles().length) {
        add("不限“" + narrow.titles().join("、") + "”，再找一次", "?q=" + encodeURIComponent(query), () => {
          narrow.clear();
          run();
        });
      }
      await source.prepare("yi er"); // how characters are read
      if (own !== runs) return;
      near(names, query).forEach(ask("是不是要找："));
      let left = 2;
      for (const part of shorter(query)) {
        const found = left && own === runs ? await find(source, part, today).take(1) : [];
        if (!found.length || own !== runs) continue;
        ask("只找：")(part);
        left -= 1;
      }
      const other = document.querySelector("[data-everywhere]");
      if (other && own === runs) add("到全站找：" + query, other.href + "?q=" + encodeURIComponent(query));
    }

    // `isBegun`: what was found begins as the letters do that were typed.
    function report({ number, isExact, isGuess }, query, isBegun) {
      const isTyping = number === 0 && isExact && mayGoOn(query);
      if (isTyping) {
        say("拼音“" + query + "”还没有找到，可以接着打。");
      } else if (number === 0 && isExact) {
        say("没有找到“" + query + "”。换一个词试试，例如姓名、事由、金额。");
      } else if (number === 0) {
        say("还没有找到。点“显示更多”再往前找。");
      } else {
        const digits = document.createElement("b");
        digits.textContent = String(number);
        count.textContent = "";
        count.append(isBegun ? (isSite ? "标题" : "名字、标题") + "开头读“" + query + "”的：" : "", isExact ? "找到 " : isGuess ? "约 " : "已找到 ", digits,
          " 条" + (isExact || isGuess ? "" : "，还没有找完") + kept);
      }
      count.setAttribute("data-count", String(number));
      tellWhom(number === 0 && isExact && !isTyping);
    }

    function failed() {
      say("搜索数据没有取到。请检查网络，再试一次。");
    }

    // Of one payee, once all is known.
    function addUp(results, query) {
      const sums = sumsOf(results, query);
      sum.textContent = "";
      if (sums.reduce((rows, one) => rows + one.rows, 0) < 2) return;
      for (const one of sums) {
        const title = narrow.kind(one.kind) + (one.side === "a" ? "" : "（" + SIDES[one.side] + "）");
        const line = document.createElement("span"), total = document.createElement("b");
        total.textContent = money(one.cents);
        line.append((title ? title + "：" : "") + "共 " + one.rows + " 笔，合计 ", total, " 元");
        sum.append(line);
      }
      if (sums.some((one) => one.isPersonal)) sum.append("按姓名相加，同名的可能不是一个人。");
    }

    // Where the results lead to: the rows and words that walk.js marks there. What was asked stays
    // in this tab.
    function leave(event, { hits, title }, words) {
      const link = event.target.closest && event.target.closest("a");
      if (!link) return;
      const found = new Set();
      for (const text of [title].concat(hits.map((hit) => hit[1]))) {
        for (const [start, end] of hitRanges(text, words)) found.add(text.slice(start, end));
      }
      const { pathname } = new URL(link.href), rows = hits.map(([fragment]) => fragment);
      const script = new URL(form.getAttribute("data-walk") || "", location.href).href;
      session(WALK, { page: pathname, rows, words: Array.from(found), script });
      keepList();
      keep(input.value.trim());
    }

    function keepList() {
      const { chosen } = narrow;
      session(LIST, { page: location.pathname, query: input.value, chosen, shown: list.children.length, y: scrollY });
    }

    // The search and its first results: of letters that are of nothing what begins so.
    async function begin(source, query, filter) {
      const finding = find(source, query, today, filter), begun = find(source, query, today, filter, true);
      if (begun.words.length) {
        const held = await finding.take(FIRST, true), more = held.length ? [] : await begun.take(FIRST);
        if (more.length) return { finding: begun, held: more, isBegun: true };
        if (held.length) return { finding, held };
      }
      return { finding, held: await finding.take(FIRST) };
    }

    async function show(source, query, run, back) {
      const filter = await narrow.filter(), { finding, held, isBegun } = await begin(source, query, filter);
      const rest = source.isHere ? held.concat(await finding.take(Infinity)) : null;
      const all = rest ? rest.slice() : [];
      let isBusy = false, waiting = held;
      const placed = ({ ref, url }) => Object.assign(source.where(ref), { kind: kindOf(url) });
      const every = () => ({ facts: all.map(placed), has: () => true, about: "" });

      async function next(number) {
        isBusy = true;
        try {
          const results = rest ? rest.splice(0, number) : waiting || await finding.take(number);
          waiting = null;
          if (run !== runs) return null; // a later one answers
          const before = list.children.length;
          if (!before) clear();
          if (!rest) all.push(...results);
          list.append(...results.map((one) => {
            const { village, kind } = placed(one);
            const item = resultItem(one, finding.words, root, [narrow.village(village), narrow.kind(kind)], here);
            item.addEventListener("click", (event) => leave(event, one, finding.words));
            return item;
          }));
          more.hidden = rest ? !rest.length : !finding.goesOn();
          report(finding.count(), query, isBegun);
          if (!finding.goesOn()) addUp(all, query);
          return list.children[before];
        } finally {
          isBusy = false;
        }
      }

      // Of a site what postings tell: of which village and year, but not of which kind.
      async function told() {
        const known = finding.goesOn() ? await finding.survey() : null;
        if (!finding.goesOn()) return every();
        const has = (facet) => Boolean(known) && facet !== "kind" && facet !== "board";
        return { facts: known ? known.places : all.map(placed), has, about: known && known.isExact ? "" : "约 " };
      }

      more.onclick = () => {
        if (isBusy) return;
        next(rest ? SHOWN_AT_ONCE : MORE).then((first) => {
          if (first) first.querySelector("a").focus(); // the button may have gone
        }, failed);
      };
      if (run === runs) list.textContent = "";
      await next(rest ? SHOWN_AT_ONCE : FIRST);
      while (back && run === runs && list.children.length < back.shown && !more.hidden) {
        const before = list.children.length;
        await next(back.shown - before);
        if (list.children.length === before) break;
      }
      if (run !== runs) return;
      if (list.children.length) {
        narrow.offer(told, rest ? every() : null);
      } else {
        narrow.hide();
        if (!finding.goesOn() && !mayGoOn(query)) offerTries(source, query, run).catch(() => {});
      }
      if (back) scrollTo(0, back.y);
      if (rest || !window.IntersectionObserver) return;
      let last = list.children.length;
      const watch = new IntersectionObserver(([entry]) => { // who scrolls to the end reads on
        if (run !== runs) watch.disconnect();
        else if (entry.isIntersecting && !isBusy && last) {
          next(MORE).then((first) => {
            last = first;
            watch.unobserve(more);
            watch.observe(more); // it may still be in sight
          }, failed);
        }
      });
      watch.observe(more);
    }

    function remember(query) {
      const address = new URL(location.href);
      if (query) address.searchParams.set("q", query);
      else address.searchParams.delete("q");
      narrow.write(address.searchParams);
      if (address.href === location.href || !/^http/.test(address.protocol)) return;
      try {
        history.replaceState(history.state, "", address.href);
      } catch (error) {
        // Safari refuses when the address changes too often; the results are right all the same.
      }
    }

    function run(isAgain, back, isTyped) {
      clearTimeout(timer);
      const query = input.value.trim(), own = runs += 1;
      remember(query);
      if (listed) listed.hidden = Boolean(query);
      if (!query) {
        clear();
        say("");
        narrow.hide();
        offered.recall();
        return;
      }
      if (!ready) say("正在取搜索数据……");
      load().then((source) => source.prepare(query).then(() => {
        if (own !== runs) return;
        if (isTyped) offered.offer(names, query); // now it is known how names are read
        return show(source, query, own, back);
      })).catch((error) => {
        loading = null;
        if (own !== runs) return;
        if (error && error.isGone && isAgain !== true) { // the site was renewed since it was opened
          run(true, back, isTyped);
          return;
        }
        clear();
        failed();
      });
    }

    // While an input method is composing, the letters of its spelling are not yet a word.
    function typed(event) {
      clearTimeout(timer);
      if (event.isComposing && event.type === "input") return;
      timer = setTimeout(() => {
        run(false, null, true);
        if (input.value.trim()) offered.offer(names, input.value);
      }, DEBOUNCE_MS);
    }

    // Up and down lead from the box through what is offered and what was found.
    function walk(event) {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      const stops = [input].concat(offered.buttons(), Array.from(list.querySelectorAll("a")));
      const next = stops[stops.indexOf(document.activeElement) + step];
      if (!step || event.isComposing || !stops.includes(document.activeElement) || !next) return;
      event.preventDefault();
      next.focus();
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep(input.value.trim());
      run();
      if (input.value.trim()) offered.hide();
    });
    input.addEventListener("focus", () => { load().catch(() => {}); });
    input.addEventListener("input", typed);
    input.addEventListener("compositionend", typed);
    form.parentNode.addEventListener("keydown", walk);

    const asked = new URLSearchParams(location.search), { navigation } = window.performance;
    const isBack = navigation && navigation.type === 2, left = isBack && session(LIST);
    // The address of a file does not follow what is typed.
    const isIt = left && left.page === location.pathname &&
      (location.protocol === "file:" || left.query.trim() === asked.get("q"));
    const back = isIt ? left : null;
    narrow.read(asked);
    if (back || asked.get("q") !== null) input.value = back ? back.query : asked.get("q");
    if (back) Object.assign(narrow.chosen, back.chosen);
    if (input.value) run(false, back);
    else offered.recall();
  }

  document.addEventListener("DOMContentLoaded", () => attach(document.querySelector("form[data-search]")));
})();
