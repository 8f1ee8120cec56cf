// The sandbox's ledger, the judge: how often money moved for each payment, whatever anybody was told.

import { onLanguageChange } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { count, money, timeOfDay } from "../simulated/say.js";
import { cardName } from "./cards.js";

function movementRow({ at, serviceId, amount, cardId, transactionId }, { services, cards, current }) {
  const name = services.find((service) => service.serviceId === serviceId)?.name ?? serviceId;
  const card = cards.find((one) => one.cardId === cardId);
  const line = `${timeOfDay(at)} · ${cardName(card?.maskedPan ?? "")}`;
  const row = make(
    "li",
    { className: transactionId === current ? "movement current" : "movement" },
    make("span", { lang: "ru", textContent: name }),
    make("strong", { className: "number", textContent: `−${money(amount)}` }),
    make("span", { className: "hint number", textContent: line }),
    make("span", { className: "hint number", textContent: transactionId.slice(0, 8) }),
  );
  row.dataset.transaction = transactionId;
  return row;
}

export function makeLedger() {
  let services = [];
  let seen = { ledger: [], cards: [] };
  let bill;

  function verdict() {
    const { transactionId } = bill;
    const movements = seen.ledger.filter((row) => row.transactionId === transactionId).length;
    const key = movements > 1 ? "ledger.many" : `ledger.${movements === 1 ? "one" : "none"}`;
    return { movements, words: count(key, movements) };
  }

  function render() {
    const known = { services, cards: seen.cards, current: bill?.transactionId };
    part("movements").replaceChildren(...seen.ledger.map((row) => movementRow(row, known)).reverse());
    part("no-movements").hidden = seen.ledger.length > 0;
    part("ledger-verdict").hidden = bill === undefined;
    if (!bill) return;
    const { movements, words } = verdict();
    part("ledger-verdict").textContent = words;
    part("ledger-verdict").dataset.movements = movements;
  }

  part("movements").tabIndex = 0; // What scrolls is reached by keys.
  onLanguageChange(render);

  return {
    use(listed) {
      services = listed;
      render();
    },
    show(next) {
      seen = next;
      render();
    },
    /** The bill whose movements are counted, or none. */
    judge(next) {
      bill = next;
      render();
    },
  };
}
