/* Buttons at the foot of each page: larger type (remembered on this device), print, read aloud.
 * Every page is whole without them. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

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
  if (document.querySelector("[data-tools]")) {
    elderButton();
    button("打印本页", () => window.print());
    speakButton();
  }
})();
