/* The button on a village's home that keeps the whole village on this phone: what it asks for, the service
 * worker does (keep.js, sw.js). Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const place = document.querySelector("[data-keep]"), ask = window.mingbaiKeep;
  if (!place || !ask) return;
  const button = place.querySelector("button");
  const words = place.querySelector("[role=status]");
  let bytes = 0, busy = false;

  function label() {
    const size = Math.max(bytes / 1e6, 0.1).toFixed(1);
    button.textContent = "把本村存到手机里" + (bytes ? "（约 " + size + " MB）" : "");
  }

  function show(state, job) {
    place.hidden = false;
    bytes = state.bytes || bytes;
    if (state.of) {
      button.textContent = "正在存：" + state.done + " / " + state.of + " 页";
      return;
    }
    if (job === "all" && !state.pages && !state.failed) return; // only begun
    busy = false;
    label();
    if (state.failed === "full") {
      words.textContent = "手机里的地方不够，没有存完。腾出一些地方，再点一次接着存。";
    } else if (state.failed && job !== "visit") {
      words.textContent = job === "all" ? "网络断了，没有存完。有网络时再点一次，会接着存。" :
        "网站连不上，现在存不了。有网络时再点一次。";
    } else if (state.whole) {
      words.textContent = "本村各页已经存在手机里（" + state.whole.trim() + "），没有网络也能看。";
    }
  }

  button.addEventListener("click", () => {
    if (busy) return;
    busy = bytes > 0; // without the size, the first touch only asks for it
    if (busy) button.textContent = "正在准备……";
    ask(busy ? "all" : "look");
  });
  window.mingbaiStored = show;
})();
