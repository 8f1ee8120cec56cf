import { startDecoder } from "./decoder.js";
import { onLanguageChange, startLanguage } from "./language.js";
import { startMaker } from "./maker.js";
import { loadEntry } from "./package.js";
import { watchPointer } from "./pointer.js";
import { describe } from "./problems.js";
import { startSigning } from "./signing.js";
import { startTheme } from "./theme.js";

startTheme();
startLanguage();
watchPointer();
document.querySelector(".preferences").addEventListener("submit", (event) => event.preventDefault());

const signing = startSigning();
const maker = startMaker({ ordered: signing.follow });
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

loadEntry("checkout", ({ som }) => som(1)).then(({ entry, problem }) => {
  if (problem) showFailure(problem);
  maker.use(entry ?? null);
  decoder.use(entry ?? null);
});
