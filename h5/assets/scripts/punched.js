/** The result of a punch, read aloud: at once in large type, where the browser lets it, and on demand. */

const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-speak]"));

/** @param {string} text */
function speak(text) {
  const words = new SpeechSynthesisUtterance(text);
  words.lang = "zh-CN";
  words.rate = 0.9;
  speechSynthesis.cancel();
  speechSynthesis.speak(words);
}

if (button && "speechSynthesis" in window) {
  const text = button.getAttribute("data-speak") || "";
  button.hidden = false;
  button.addEventListener("click", () => speak(text));
  if (document.documentElement.classList.contains("elder")) speak(text);
}
