/* Buttons that only a script can offer: copy title and address, print the slip. What copies is used by
 * slip.js as well. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  // Browsers keep the clipboard from pages without HTTPS, but not from a selected field.
  function copySelected(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.className = "hidden";
    document.body.append(field);
    field.select();
    field.setSelectionRange(0, text.length);
    const done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function copy(text) {
    if (!navigator.clipboard) return copySelected(text);
    return navigator.clipboard.writeText(text).catch(() => copySelected(text));
  }

  window.mingbaiCopy = copy;

  const button = document.querySelector("[data-copy]");
  if (button) {
    const told = document.querySelector("[data-copied]");
    const given = button.dataset.copy;
    const text = /https?:/.test(given) ? given : `${given}\n${location.href.split(/[?#]/)[0]}`;
    button.hidden = false;
    button.addEventListener("click", () => {
      copy(text).then(
        () => { told.textContent = "已经复制，打开微信长按输入框，粘贴就行。"; },
        () => { told.textContent = `没能自动复制，请长按选中：${text}`; });
    });
  }
  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
})();
