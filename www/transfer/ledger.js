// The bank's ledger, the judge: how often money moved for each order, whatever anybody was told.

import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { count, money, timeOfDay } from "../simulated/say.js";

const SIGNS = { transfer: "−", commission: "−", receipt: "+" };

function movementRow({ at, kind, amount, serviceId, orderId }, current) {
  const row = make(
    "li",
    { className: orderId === current ? "movement current" : "movement" },
    make("span", { textContent: text(`ledger.${kind}`) }),
    make("strong", { className: "number", textContent: `${SIGNS[kind]}${money(amount)}` }),
    make("span", { className: "hint number", textContent: `${timeOfDay(at)} · № ${serviceId}` }),
    make("span", { className: "hint number", textContent: orderId.slice(0, 8) }),
  );
  row.dataset.order = orderId;
  row.dataset.kind = kind;
  return row;
}

export function makeLedger() {
  let movements = [];
  let current;

  function render() {
    part("movements").replaceChildren(...movements.map((row) => movementRow(row, current)).reverse());
    part("no-movements").hidden = movements.length > 0;
    part("ledger-verdict").hidden = current === undefined;
    if (!current) return;
    const times = movements.filter(({ orderId, kind }) => orderId === current && kind === "transfer").length;
    const key = times > 1 ? "ledger.many" : `ledger.${times === 1 ? "one" : "none"}`;
    part("ledger-verdict").textContent = count(key, times);
    part("ledger-verdict").dataset.movements = times;
  }

  part("movements").tabIndex = 0; // What scrolls is reached by keys.
  onLanguageChange(render);

  return {
    show({ ledger }) {
      movements = ledger.filter(({ provider }) => provider === "bank");
      render();
    },
    /** The order whose movements are counted, or none. */
    judge(row) {
      current = row?.id;
      render();
    },
  };
}
