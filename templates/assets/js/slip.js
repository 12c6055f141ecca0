/* The slip can be typed and goes out by the reader's own phone: as a message, as mail, or copied for a
 * chat. Nothing is sent from here and nothing kept. Its number says which village, record, version and
 * day it is about, and checks itself as generator/model/slips.py reads it.
 * Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const LETTERS = "34679ACDEFGHJKMNPQRTVWX"; // generator/model/codes.py
  const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz-";
  const slip = document.querySelector("[data-slip]");
  if (!slip) return;

  function numbered(stem) {
    const day = new Date(Date.now() + 288e5).toISOString().slice(2, 10).replace(/-/g, ""); // China has one time zone
    const chance = Array.from(crypto.getRandomValues(new Uint8Array(2)), (one) => LETTERS[one % LETTERS.length]);
    const number = `${stem}-${day}-${chance.join("")}`;
    const sum = Array.from(number.toLowerCase()).reduce((all, sign, at) => all + (at % 22 + 1) * SIGNS.indexOf(sign), 0);
    const size = LETTERS.length;
    return number + LETTERS[Math.floor(sum / size) % size] + LETTERS[sum % size];
  }

  const { dataset } = slip;
  const number = numbered(dataset.slip);
  const [said, reach] = slip.querySelectorAll("[data-slip-field]");
  const told = slip.querySelector("[data-slip-told]");
  const paper = new Map(); // of each field what paper shows of it, and the lines that a pen needs

  function words() {
    const way = reach.value.trim();
    return [dataset.lines, `反映单号：${number}`, `我想问的是：${said.value.trim()}`, way && `可以这样找到我：${way}`]
      .filter(Boolean).join("\n").replace(/[\ud800-\udfff]/gu, ""); // half a sign goes into no address
  }

  function renew() {
    for (const [field, [typed, lines]] of paper) {
      typed.textContent = field.value;
      lines.hidden = Boolean(field.value.trim());
    }
    const body = encodeURIComponent(words());
    for (const way of slip.querySelectorAll("[data-slip-message]")) way.href = `${way.dataset.slipMessage}?&body=${body}`;
    for (const way of slip.querySelectorAll("[data-slip-mail]")) {
      way.href = `${way.dataset.slipMail}?subject=${encodeURIComponent(dataset.subject)}&body=${body.replace(/%0A/g, "%0D%0A")}`;
    }
  }

  for (const field of [said, reach]) {
    const typed = document.createElement("p");
    typed.className = "slip-said print-only";
    field.after(typed);
    paper.set(field, [typed, typed.nextElementSibling]);
    field.hidden = false;
    field.addEventListener("input", renew);
  }
  const shown = slip.querySelector("[data-slip-number]");
  shown.querySelector("b").textContent = number;
  shown.hidden = false;
  slip.querySelector("[data-slip-send]").hidden = false;
  slip.classList.add("typed");
  slip.querySelector("[data-slip-copy]").addEventListener("click", () => {
    window.mingbaiCopy(words()).then(
      () => { told.textContent = "已经复制。打开微信，发给村里或者镇里，长按输入框粘贴。"; },
      () => { told.textContent = `没能自动复制，请长按选中：${words()}`; });
  });
  renew();
})();
