// One polite live region for the whole page. Announcing waits until typing pauses, so that nobody hears every keystroke.

const PAUSE = 800;
let timer = 0;

export function announce(message) {
  clearTimeout(timer);
  const region = document.getElementById("announcer");
  region.textContent = "";
  timer = setTimeout(() => {
    region.textContent = message;
  }, PAUSE);
}
