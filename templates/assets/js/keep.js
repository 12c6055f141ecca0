/* Starts the service worker (sw.js) and lets it keep this page, with what it looks like, and its village
 * when there is time. Pages are whole without it.
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
  const looks = Array.from(document.querySelectorAll("link[rel=stylesheet], script[src]"), (one) => one.href || one.src);

  function ask(job) {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => { if (window.mingbaiStored) window.mingbaiStored(event.data, job); };
    workers.ready.then(({ active }) => {
      active.postMessage({ job, home, thrifty, page, looks }, [channel.port2]);
    });
  }

  window.mingbaiKeep = ask;
  window.addEventListener("load", () => {
    workers.register(root + "sw.js").catch(() => {}); // forbidden here: nothing is lost
    if (!home && !page) return;
    // Idle time may never come, where no frame is drawn or a slow phone is busy.
    const visit = () => ask("visit"), idle = window.requestIdleCallback;
    setTimeout(() => { if (idle) idle(visit, { timeout: 5000 }); else visit(); }, 1000);
  });
})();
