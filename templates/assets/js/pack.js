/* Only in packed copies (publish.py pack), which nobody takes down: a list of names is not shown
 * any more once its display period is over.
 */
(function () {
  "use strict";

  const record = document.querySelector("[data-until]");
  const today = new Date(Date.now() + 288e5).toISOString().slice(0, 10); // China has one time zone
  if (!record || record.getAttribute("data-until") >= today) return;
  const title = record.querySelector("h1");
  const words = document.createElement("p");
  words.className = "card empty";
  words.textContent = "这份名单的公示期已满，离线版里不再显示。现在的情况请看网站。";
  record.textContent = "";
  if (title) record.append(title);
  record.append(words);
})();
