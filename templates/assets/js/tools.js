/* Print, at the foot of each page. */
(function () {
  "use strict";

  const place = document.querySelector("[data-tools]");
  if (!place) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "打印本页";
  button.addEventListener("click", () => window.print());
  place.append(button);
})();
