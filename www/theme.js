import { recall, remember } from "./memory.js";

const KEY = "tiyin.theme";
const media = { auto: "(prefers-color-scheme: dark)", light: "not all", dark: "all" };

function use(theme) {
  document.getElementById("dark-style").media = media[theme];
}

export function startTheme() {
  const stored = recall(KEY, { lasting: true });
  const theme = Object.hasOwn(media, stored) ? stored : "auto";
  use(theme);
  for (const radio of document.querySelectorAll('input[name="theme"]')) {
    radio.checked = radio.value === theme;
    radio.addEventListener("change", () => {
      remember(KEY, radio.value, { lasting: true });
      use(radio.value);
    });
  }
}
