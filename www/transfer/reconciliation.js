// A pasted list of orders against the statement: what is there, what is not, and what cannot be told.

import { announce } from "../announcer.js";
import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { errorText, money, plainError } from "../simulated/say.js";
import { readExpected } from "./expected.js";
import { rowsOf } from "./statement.js";

const KINDS = ["matched", "different", "ambiguous", "missing", "extra"];

const lineOf = (number) => text("reconcile.line", { number });

const orderWords = ({ payee, amount, purpose, from }) =>
  [payee.account, money(amount), purpose, from].filter(Boolean).join(" · ");
const rowWords = ({ payee, amount, purpose, documentDate, id }) =>
  `№ ${id}: ${[payee.account, money(amount), purpose, documentDate].filter(Boolean).join(" · ")}`;

function side(head, words) {
  return make(
    "p",
    { className: "side" },
    make("strong", { textContent: head }),
    " ",
    make("span", { className: "number", textContent: words }),
  );
}

export function makeReconciliation({ tiyin, bank, orders, query }) {
  const form = part("reconciliation-form");
  const area = part("expected");
  let shown;

  function itemsOf({ result, byOrder, byRow }) {
    const expected = (id) => side(lineOf(id), orderWords(byOrder.get(id)));
    const found = (id) => side(text("reconcile.row"), rowWords(byRow.get(id)));
    return {
      matched: result.matched.map(({ orderId, rowId }) => [expected(orderId), found(rowId)]),
      different: result.different.map(({ orderId, rowId, field }) => [
        make("p", { className: "field-name", textContent: text(`reconcile.different_${field}`) }),
        expected(orderId),
        found(rowId),
      ]),
      ambiguous: result.ambiguous.map(({ orderIds, rowIds }) => [
        ...orderIds.map(expected),
        ...rowIds.map(found),
      ]),
      missing: result.missing.map((orderId) => [expected(orderId)]),
      extra: result.extra.map((rowId) => [found(rowId)]),
    };
  }

  function group(kind, items) {
    const heading = make("h3", { id: `reconciled-${kind}-heading` });
    heading.append(
      text(`reconcile.${kind}`),
      " ",
      make("span", { className: "tally", textContent: items.length }),
    );
    const list = make(
      "ul",
      { "aria-labelledby": heading.id },
      items.map((parts) => make("li", {}, parts)),
    );
    const hint = make("p", { className: "hint", textContent: text(`reconcile.${kind}Means`) });
    const section = make(
      "section",
      { className: `reconciled ${kind}` },
      heading,
      hint,
      items.length > 0 ? list : undefined,
    );
    section.dataset.kind = kind;
    section.dataset.count = items.length;
    return section;
  }

  function render() {
    const { problem, lines = [], result } = shown ?? {};
    const wrong = lines.map(({ number, problem: key }) => `${lineOf(number)} ${text(key)}`);
    const words = problem ? [errorText(problem)] : wrong;
    part("expected-problems").replaceChildren(...words.map((one) => make("li", { textContent: one })));
    part("expected-problems").hidden = words.length === 0;
    if (words.length > 0) area.setAttribute("aria-invalid", "true");
    else area.removeAttribute("aria-invalid");
    part("reconciled").hidden = result === undefined;
    if (!result) return part("reconciled").replaceChildren();
    const items = itemsOf(shown);
    part("reconciled").replaceChildren(...KINDS.map((kind) => group(kind, items[kind])));
  }

  function put(next) {
    shown = next;
    render();
    const { result } = next;
    const summary =
      result && KINDS.map((kind) => `${text(`reconcile.${kind}`)} ${result[kind].length}`).join(", ");
    announce(summary ?? part("expected-problems").textContent);
  }

  async function compare() {
    const expected = readExpected(tiyin, area.value);
    if (expected.problems.length > 0) return put({ lines: expected.problems });
    try {
      const rows = await rowsOf(bank, { ...query(), direction: "debit" });
      const result = tiyin.reconcile(rows, expected.orders);
      const byOrder = new Map(expected.orders.map((order) => [order.orderId, order]));
      put({ result, byOrder, byRow: new Map(rows.map((row) => [row.id, row])) });
    } catch (error) {
      put({ problem: plainError(error) });
    }
  }

  /** The orders of this browser that were sent from the chosen account, as lines of the list. */
  async function takeOwn() {
    const { serviceId } = query();
    const own = (await orders.all()).filter(
      ({ state, order }) => state !== "ready" && order.serviceId === serviceId,
    );
    const lines = own.map(({ order: { payee, amount, purpose } }) =>
      [payee.account, tiyin.toMajor(amount), purpose.replace(/[;\t]/g, ",")].join("; "),
    );
    area.value = lines.join("\n");
    area.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    compare();
  });
  area.addEventListener("input", () => {
    if (part("expected-problems").hidden) return;
    const { problems } = readExpected(tiyin, area.value);
    if (problems.length === 0) put({});
  });
  part("take-own").addEventListener("click", takeOwn);
  onLanguageChange(render);
}
