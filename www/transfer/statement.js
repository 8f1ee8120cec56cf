// A service's movements: a table, what came in and went out, a chart by day, and a file of all of it.

import { announce } from "../announcer.js";
import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { errorText, money, plainError } from "../simulated/say.js";
import { csvOf, save } from "./csv.js";
import { daysOf, showDays } from "./days.js";

const DAY = 24 * 60 * 60 * 1000;
/** Tashkent's, all year. */
const BANK_IS_AHEAD_MS = 5 * 60 * 60 * 1000;

const dayOf = (moment) => new Date(moment + BANK_IS_AHEAD_MS).toISOString().slice(0, 10);

function cell(key, members, ...children) {
  const term = make("span", { className: "cell-term", "aria-hidden": "true", textContent: text(key) });
  return make("td", {}, term, make("span", members, ...children));
}

function partyOf({ name, account, bankCode }) {
  return [
    make("span", { className: "party", lang: "ru", textContent: name }),
    make("span", { className: "hint number", textContent: `${account} · ${bankCode}` }),
  ];
}

function rowOf(row) {
  const isIn = row.direction === "credit";
  const sign = { credit: "+", debit: "−" }[row.direction] ?? "";
  return make(
    "tr",
    { "data-entry": String(row.id) },
    cell("statement.date", { className: "number", textContent: row.documentDate ?? row.bankDate ?? "" }),
    cell("statement.party", { className: "party-cell" }, partyOf(isIn ? row.payer : row.payee)),
    cell("statement.purpose", { lang: "ru", textContent: row.purpose }),
    cell("statement.state", { textContent: text(`statement.${row.status}`) }),
    cell("statement.amount", {
      className: `number amount-cell ${row.direction}`,
      textContent: `${sign}${money(row.amount)}`,
    }),
  );
}

export async function rowsOf(bank, query) {
  const rows = [];
  for await (const row of bank.statement(query)) rows.push(row);
  return rows;
}

export function makeStatement({ tiyin, bank }) {
  const filters = part("statement-filters");
  let asked = 0;
  let shown;
  let isDateTouched = false;

  function query() {
    const { service, direction, from, to } = filters.elements;
    return { serviceId: service.value, direction: direction.value, from: from.value, to: to.value };
  }

  function showTotals({ totals, rows }) {
    const words = text("statement.totals", {
      credit: money(totals.credit),
      debit: money(totals.debit),
      number: String(rows.length),
    });
    part("statement-total").textContent = words;
  }

  function render() {
    const { rows = [], problem } = shown ?? {};
    part("statement-problem").textContent = problem ? errorText(problem) : "";
    part("statement-problem").hidden = !problem;
    part("statement-none").hidden = shown === undefined || problem !== undefined || rows.length > 0;
    part("statement-found").hidden = rows.length === 0;
    part("statement-save").disabled = rows.length === 0;
    part("statement-rows").replaceChildren(...rows.map(rowOf).reverse());
    if (rows.length === 0) return;
    showTotals(shown);
    showDays(daysOf(rows, tiyin));
  }

  async function load() {
    const own = ++asked;
    const wanted = query();
    if (!wanted.serviceId || !wanted.from || !wanted.to) return;
    const answer = await Promise.all([rowsOf(bank, wanted), bank.statementTotals(wanted)])
      .then(([rows, totals]) => ({ rows, totals, wanted }))
      .catch((error) => ({ problem: plainError(error) }));
    if (own !== asked) return;
    shown = answer;
    render();
  }

  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("change", ({ target }) => {
    if (target.type === "date") isDateTouched = true;
    load();
  });
  part("statement-refresh").addEventListener("click", load);
  part("statement-save").addEventListener("click", () => {
    const { wanted, rows } = shown;
    save(`statement-${wanted.serviceId}-${wanted.from}-${wanted.to}.csv`, csvOf(rows, tiyin));
    announce(text("statement.saved"));
  });
  onLanguageChange(render);

  return {
    load,
    query,
    /** Follows the bank's clock until a date is chosen. */
    useClock(at) {
      if (isDateTouched) return;
      const { from, to } = filters.elements;
      [from.value, to.value] = [dayOf(at - 30 * DAY), dayOf(at)];
    },
  };
}
