/* A page opened with ?c=CODE, as by a sheet's QR code, says whether that sheet is current.
 *
 * The code's alphabet and weights are those of generator/views/digest.py;
 * tests/test_pages.py compares them. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const ALPHABET = "34679ACDEFGHJKMNPQRTVWX";
  const LENGTH = 8;
  const WEIGHTS = [1, 2, 3, 4, 5, 6, 7];

  function plainCode(text) {
    return text.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  }

  // Whether a code is well formed: its last character checks the others.
  function isCode(code) {
    const digits = Array.from(code, (character) => ALPHABET.indexOf(character));
    if (digits.length !== LENGTH || digits.includes(-1)) return false;
    const sum = WEIGHTS.reduce((total, weight, at) => total + weight * digits[at], 0);
    return sum % ALPHABET.length === digits[LENGTH - 1];
  }

  const VERDICTS = {
    current: "您手里的公示单是当前版本，和本页内容一致。",
    superseded: "您手里的公示单已被新的版本替换，以本页为准。请告诉村里该换新的了。",
    unreadable: "核验码没有认出来，可能抄错了一位。请对照公示单再输一遍，或者重新扫码。",
  };

  function verdictOn(code, current) {
    if (!isCode(code)) return "unreadable";
    return code === current ? "current" : "superseded";
  }

  function judgeSheet() {
    const shown = document.querySelector("[data-code]");
    const place = document.querySelector(".verdict");
    const asked = new URLSearchParams(location.search).get("c");
    if (!shown || !place || asked === null) return;
    const code = plainCode(asked);
    let verdict = verdictOn(code, shown.getAttribute("data-code"));
    const held = verdict === "superseded" &&
      document.querySelector('[data-history] [data-codes~="' + code + '"]');
    const over = shown.getAttribute("data-superseded"); // no sheet with the names is current any more
    if (held && !held.nextElementSibling && !over) verdict = "current"; // says the same in another order
    place.setAttribute("data-verdict", verdict);
    place.hidden = false;
    place.textContent = (verdict === "superseded" && over) || VERDICTS[verdict];
    const changed = document.querySelector("[data-corrections] ul");
    if (held && held.nextElementSibling && verdict === "superseded") {
      place.textContent += "您手里的是" + held.querySelector("b").textContent + "的版本，和现在不一样的：";
      const own = held.querySelector("ul[hidden]") || held.nextElementSibling.querySelector("ul");
      const differs = place.appendChild(own.cloneNode(true));
      differs.hidden = false;
    } else if (verdict === "superseded" && changed) {
      place.textContent += "本页更正过：";
      place.appendChild(changed.cloneNode(true));
    }
  }

  judgeSheet();
})();
