/* What a page does while its site is made on this machine: it loads itself again when what it shows
 * has changed, and shows the problems of its record in a strip. Only the server of `serve` puts it
 * into pages; no file of a site holds any of it.
 */
"use strict";

(() => {
  const { build } = document.currentScript.dataset;
  const page = decodeURIComponent(location.pathname).slice(1).replace(/(^|\/)index\.html$/, "$1");
  const WORDS = { error: "错误", warning: "警告", notice: "提示" };
  const CLOSED = "mingbai closed " + page;
  const STYLE = `
    :host { all: initial; }
    section { position: fixed; z-index: 9999; left: 0; right: 0; bottom: 0; max-height: 45vh;
      overflow: auto; box-sizing: border-box; padding: 12px 16px; background: #fff; color: #1a1a1a;
      border-top: 4px solid #b3261e; box-shadow: 0 -2px 12px #0004;
      font: 16px/1.6 sans-serif; overflow-wrap: anywhere; }
    header { display: flex; gap: 12px; align-items: flex-start; justify-content: space-between; }
    h2, ol, p { margin: 0; padding: 0; }
    h2 { font-size: 17px; }
    button { flex: none; min-width: 48px; min-height: 44px; font: inherit; color: inherit;
      background: #fff; border: 1px solid #595959; border-radius: 6px; cursor: pointer; }
    ol { list-style: none; }
    li { padding: 8px 0; border-top: 1px solid #d0d0d0; }
    b { margin-right: 8px; }
    .error b { color: #b3261e; }
    .warning b { color: #7a4a00; }
    .place { color: #595959; }
    @media print { section { display: none; } }`;

  function make(name, text, kind) {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  }

  function lineOf({ severity, source, message, hint }) {
    const line = make("li", "", severity);
    const words = make("p");
    words.append(make("b", WORDS[severity]), message + hint);
    const row = source.row ? ` 第 ${source.row} 行` : "";
    const column = source.column ? ` [${source.column}]` : "";
    line.append(words, make("p", source.file + row + column, "place"));
    return line;
  }

  let host = null;

  function show(lines, mark) {
    if (host) host.remove();
    host = null;
    if (!lines.length || sessionStorage.getItem(CLOSED) === mark) return;
    host = make("div");
    host.id = "mingbai-live";
    const root = host.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet(); // the pages' policy forbids a style element
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    const strip = make("section"), head = make("header"), list = make("ol");
    strip.setAttribute("role", "status");
    const close = make("button", "关上");
    close.type = "button";
    close.addEventListener("click", () => {
      sessionStorage.setItem(CLOSED, mark);
      host.remove();
    });
    head.append(make("h2", `${lines.length} 个问题（只在本机看得到）`), close);
    list.append(...lines);
    strip.append(head, list);
    root.append(strip);
    document.body.append(host);
  }

  let looks = 0;

  async function look() {
    const mine = ++looks;
    const answer = await fetch("/__mingbai/problems.json?" + new URLSearchParams({ page }));
    const { failed, problems } = await answer.json();
    if (mine !== looks) return; // an answer that came late says what was
    const lines = problems.map(lineOf);
    if (failed) {
      const line = make("li", "", "error");
      line.append(make("b", "没有做成"), failed);
      lines.unshift(line);
    }
    show(lines, JSON.stringify([failed, problems]));
  }

  // A page that nobody sees does not listen: browsers allow six connections to one address.
  let stream = null;

  function listen() {
    if (stream) stream.close();
    stream = null;
    if (document.hidden) return;
    const asked = new URLSearchParams({ page, build });
    stream = new EventSource("/__mingbai/events?" + asked);
    stream.onmessage = ({ data }) => {
      if (data !== "reload") return look().catch(() => {});
      stream.close(); // what comes after is for the page that comes
      location.reload();
    };
  }

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => stream && stream.close());
  listen();
  look().catch(() => {});
})();
