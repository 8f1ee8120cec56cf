// The provider's side, which a payer never sees: its SMS, its faults, its clock and its ledger.

import { onLanguageChange, text } from "../language.js";
import { part } from "../simulated/dom.js";
import { makeFaults } from "../simulated/faults.js";
import { makeLedger } from "./ledger.js";

const LOOK_EVERY_MS = 2000;

export function makeSandboxPanel({ world, showCards, beginAnew }) {
  const faults = makeFaults(world);
  const ledger = makeLedger();
  let bill;

  async function look() {
    const seen = await world.look();
    faults.show(seen);
    ledger.show(seen);
    showCards(seen.cards);
  }

  function showSms() {
    const isSent = bill?.state === "ready" && bill.otpSentPhone !== undefined;
    part("sms").hidden = !isSent;
    part("sms-text").textContent = isSent ? text("sandbox.sms", { phone: bill.otpSentPhone }) : "";
  }

  for (const button of part("sms").querySelectorAll("[data-code]")) {
    button.addEventListener("click", () => {
      const input = part("code");
      if (!input) return;
      input.value = button.dataset.code;
      input.focus();
    });
  }
  for (const button of part("waits").querySelectorAll("[data-ms]")) {
    button.addEventListener("click", () => world.letPass(Number(button.dataset.ms)));
  }
  part("begin-anew").addEventListener("click", beginAnew);
  world.listen(look);
  // What is late happens without anybody asking.
  setInterval(() => {
    if (!document.hidden) look();
  }, LOOK_EVERY_MS);
  onLanguageChange(showSms);

  return {
    look,
    use: ledger.use,
    /** The bill that the page shows, or none. */
    follow(next) {
      bill = next;
      ledger.judge(bill);
      showSms();
    },
  };
}
