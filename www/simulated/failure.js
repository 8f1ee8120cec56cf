// What ends the page: why nothing can be paid here, and of which payments nobody knows.

import { onLanguageChange, setText, text } from "../language.js";
import { describe } from "../problems.js";
import { make, part } from "./dom.js";
import { accountLine, money } from "./say.js";

const CAUSES = {
  no_storage: ["failure.noStorage", "failure.noStorageMeans"],
  no_channel: ["failure.noChannel", "failure.noChannelMeans"],
  storage_lost: ["failure.storageLost", "failure.storageLostMeans"],
};

function billRow(bill) {
  const facts = [bill.service.name, accountLine(bill), money(bill.amount), bill.transactionId];
  return make("li", { textContent: facts.join(" · ") });
}

/** Shows it in place of everything else. The first failure stays: others may follow from it. */
export function showFailure(problem, uncertain = [], rowOf = billRow) {
  if (!part("failure").hidden) return;
  const [heading, means] = CAUSES[problem.code] ?? ["page.failed"];
  const show = () => {
    part("failure-text").textContent = means ? text(means) : describe(problem);
    part("failure-bills").replaceChildren(...uncertain.map(rowOf));
  };
  setText(part("failure-heading"), heading);
  show();
  onLanguageChange(show);
  part("failure-uncertain").hidden = uncertain.length === 0;
  part("failure").hidden = false;
  for (const section of document.querySelectorAll("#main > :not(#failure)")) section.hidden = true;
}
