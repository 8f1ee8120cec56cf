// The bank's side, which a payer never sees: its ledger, its faults and its clock.

import { part } from "../simulated/dom.js";
import { makeFaults } from "../simulated/faults.js";
import { makeLedger } from "./ledger.js";

const LOOK_EVERY_MS = 2000;

const ORDERS = ["bank/payment", "bank/payment_budget"];
const READS = ["bank/payment_status", "bank/balance", "bank/statement"];
const FAULTS = {
  routes: [...ORDERS, ...READS, "bank/services"],
  touches: { execute_late: ORDERS, duplicate_delivery: ORDERS, stale_status: READS },
};

export function makeBankPanel({ world, seen, beginAnew }) {
  const faults = makeFaults(world, FAULTS);
  const ledger = makeLedger();

  async function look() {
    const found = await world.look();
    faults.show(found);
    ledger.show(found);
    seen(found);
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

  return { look, follow: ledger.judge };
}
