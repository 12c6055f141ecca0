/* What pages can do beyond reading. Every page is whole without this file.
 *
 *  - a page opened with ?c=CODE says whether the sheet that carries the code is current
 *  - buttons at the foot: print, larger type (remembered on this device), read aloud
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
    const verdict = verdictOn(plainCode(asked), shown.getAttribute("data-code"));
    place.setAttribute("data-verdict", verdict);
    place.hidden = false;
    place.textContent = VERDICTS[verdict];
  }

  // --------------------------------------------------------------------------------- buttons

  const ELDER = "mingbai-elder";

  function recall(key) {
    try {
      return localStorage.getItem(key);
    } catch (error) {
      return null; // storage may be forbidden; then the choice lasts for this page
    }
  }

  function remember(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch (error) {
      // as above
    }
  }

  function button(words, action) {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = words;
    element.addEventListener("click", action);
    document.querySelector("[data-tools]").append(element);
    return element;
  }

  function elderButton() {
    const root = document.documentElement;
    const element = button("长辈版", () => {
      const on = root.classList.toggle("elder");
      element.setAttribute("aria-pressed", String(on));
      remember(ELDER, on ? "1" : "0");
    });
    element.setAttribute("aria-pressed", String(root.classList.contains("elder")));
  }

  // Read aloud only where the browser has a Chinese voice; voices may come late.
  function speakButton() {
    const speech = window.speechSynthesis;
    if (!speech || !window.SpeechSynthesisUtterance) return;
    let element = null;
    function offer() {
      const voice = speech.getVoices().find((one) => /^(zh|cmn)/i.test(one.lang));
      if (!voice || element) return;
      element = button("朗读", () => {
        if (speech.speaking) {
          speech.cancel();
          return;
        }
        const parts = document.querySelectorAll(
          "main h1, .lead, .sentence, .proved p, .empty p, .prose p, .prose li, .step h3, .step p");
        for (const part of parts) {
          const words = new SpeechSynthesisUtterance(part.textContent);
          words.voice = voice;
          words.lang = voice.lang;
          speech.speak(words);
        }
      });
    }
    offer();
    if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
    window.addEventListener("pagehide", () => speech.cancel());
  }

  if (recall(ELDER) === "1") document.documentElement.classList.add("elder");
  judgeSheet();
  if (document.querySelector("[data-tools]")) {
    elderButton();
    button("打印本页", () => window.print());
    speakButton();
  }
})();
