/* Offers to read aloud where the browser has a Chinese voice (WeChat's on Android has none). What reads
 * (speak.js) is fetched at the first touch. Baseline: Chromium 78, Safari 12.
 */
(function () {
  "use strict";

  const speech = window.speechSynthesis;
  const place = document.querySelector(".top-tools");
  if (!speech || !window.SpeechSynthesisUtterance || !place) return;
  const voice = () => speech.getVoices().find((one) => /^(zh|cmn)/i.test(one.lang));
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "朗读";
  button.setAttribute("data-speak", "");
  button.addEventListener("click", () => {
    // Phones allow speech only from a touch on.
    if (window.mingbaiFetched("speak")) speech.speak(new SpeechSynthesisUtterance(""));
  });
  place.append(button);
  window.mingbaiVoice = voice;

  const offer = () => { button.hidden = !voice(); };
  offer();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer); // they come late
  else speech.onvoiceschanged = offer;
})();
