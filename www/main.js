import { startDecoder } from "./decoder.js";
import { onLanguageChange, startLanguage } from "./language.js";
import { startMaker } from "./maker.js";
import { loadPackage } from "./package.js";
import { watchPointer } from "./pointer.js";
import { describe } from "./problems.js";
import { startTheme } from "./theme.js";

startTheme();
startLanguage();
watchPointer();
document.querySelector(".preferences").addEventListener("submit", (event) => event.preventDefault());

const maker = startMaker();
const decoder = startDecoder({ edit: maker.edit });
document.documentElement.classList.remove("starting");

function showFailure(problem) {
  const show = () => {
    document.getElementById("failure-text").textContent = describe(problem);
  };
  show();
  onLanguageChange(show);
  document.getElementById("failure").hidden = false;
}

loadPackage().then(({ tiyin, problem }) => {
  if (problem) showFailure(problem);
  maker.use(tiyin ?? null);
  decoder.use(tiyin ?? null);
});
