// The payer's cards at the sandbox, with what is on them, and whether a code is asked for.

import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { money } from "../simulated/say.js";

const NAMES = { 9860: "HUMO", 8600: "UzCard", 5440: "Mastercard" };

/** `986034******8885` as people know it: its network and the last four digits. */
export const cardName = (maskedPan) =>
  `${NAMES[maskedPan.slice(0, 4)] ?? ""} ••\u00a0${maskedPan.slice(-4)}`.trim();

function trouble({ refusal, phone }) {
  if (refusal) return text(`cards.${refusal}`);
  return phone ? undefined : text("cards.noPhone");
}

function row(card, checked) {
  const { cardId, maskedPan, owner, balance } = card;
  const problem = trouble(card);
  const input = make("input", { type: "radio", name: "card", value: cardId, checked });
  const lines = make(
    "span",
    { className: "card-face" },
    make("span", { className: "card-name", textContent: cardName(maskedPan) }),
    make("span", { className: "hint", textContent: owner }),
    make("span", { className: "card-balance", textContent: money(balance) }),
    problem && make("span", { className: "hint card-trouble", textContent: problem }),
  );
  return make("label", { className: "card" }, input, lines);
}

export function makeCards(changed) {
  const container = part("card-list");
  let cards = [];
  let chosen;

  function render() {
    chosen = cards.some(({ cardId }) => cardId === chosen) ? chosen : cards[0]?.cardId;
    const focused = container.contains(document.activeElement);
    container.replaceChildren(...cards.map((card) => row(card, card.cardId === chosen)));
    if (focused) container.querySelector(":checked")?.focus();
  }

  container.addEventListener("change", ({ target }) => {
    chosen = target.value;
    changed();
  });
  onLanguageChange(render);

  return {
    show(known) {
      if (JSON.stringify(known) === JSON.stringify(cards)) return;
      cards = known;
      render();
    },
    choose(cardId) {
      chosen = cardId;
      render();
    },
    chosen: () => cards.find(({ cardId }) => cardId === chosen),
  };
}
