// What stands below the amount: how it was read, or the readings to choose from.

import { language, setText } from "./language.js";

const part = (id) => document.getElementById(id);

function showReading(tiyin, money) {
  const reading = part("amount-reading");
  reading.classList.toggle("read", money !== undefined);
  if (money === undefined) return setText(reading, "maker.amountHint");
  delete reading.dataset.text;
  reading.textContent = tiyin.formatMoney(money, language());
}

function showChoices(tiyin, choices, choose) {
  const buttons = choices.map((money) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "choice";
    button.textContent = tiyin.formatMoney(money, language());
    button.addEventListener("click", () => choose(money));
    return button;
  });
  part("amount-choices").replaceChildren(...buttons);
  part("amount-choices").hidden = buttons.length === 0;
}

export function showAmount(tiyin, { money, problem }, choose) {
  const isScolded = !part("amount-error").hidden;
  showReading(tiyin, problem ? undefined : money);
  part("amount-reading").hidden = isScolded;
  showChoices(tiyin, isScolded ? (problem?.choices ?? []) : [], choose);
}
