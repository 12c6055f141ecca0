/* Starts the service worker (sw.js), lets it keep this page's village when there is time, and
 * works the button that keeps the whole village. Pages are whole without it.
 */
(function () {
  "use strict";

  const root = document.documentElement.getAttribute("data-root");
  const home = document.documentElement.getAttribute("data-village");
  const workers = navigator.serviceWorker;
  if (root === null || !workers || !/^http/.test(location.protocol)) return;

  const line = navigator.connection || {};
  const thrifty = Boolean(line.saveData) || /2g/.test(line.effectiveType);
  const page = workers.controller ? "" : location.href; // came before the worker could see it
  const place = document.querySelector("[data-keep]");
  const button = place && place.querySelector("button");
  const words = place && place.querySelector("[role=status]");
  let bytes = 0, busy = false;

  function ask(job) {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => { if (place) show(event.data, job); };
    workers.ready.then(({ active }) => {
      active.postMessage({ job, home, thrifty, page }, [channel.port2]);
    });
  }

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

  if (place) {
    button.addEventListener("click", () => {
      if (busy) return;
      busy = bytes > 0; // without the size, the first touch only asks for it
      if (busy) button.textContent = "正在准备……";
      ask(busy ? "all" : "look");
    });
  }

  window.addEventListener("load", () => {
    workers.register(root + "sw.js").catch(() => {}); // forbidden here: nothing is lost
    if (!home && !page) return;
    // Idle time may never come, where no frame is drawn or a slow phone is busy.
    const visit = () => ask("visit"), idle = window.requestIdleCallback;
    setTimeout(() => { if (idle) idle(visit, { timeout: 5000 }); else visit(); }, 1000);
  });
})();
