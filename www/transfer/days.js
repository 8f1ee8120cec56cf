// Money in and out by day as a table whose rows have bars: whoever does not see the bars has the figures.

import { text } from "../language.js";
import { drawing, make, part, shape } from "../simulated/dom.js";
import { money } from "../simulated/say.js";

const WIDTH = 200;
const HEIGHT = 10;

function bar(kind, share) {
  const width = share === 0 ? 0 : Math.max(2, Math.round(share * WIDTH));
  const track = shape("rect", { class: "track", width: WIDTH, height: HEIGHT, rx: 3 });
  const length = shape("rect", { class: `length ${kind}`, width, height: HEIGHT, rx: 3 });
  const chart = drawing(WIDTH, HEIGHT, "bar-chart", track, length);
  chart.setAttribute("preserveAspectRatio", "none");
  return chart;
}

/** `[{ day, credit, debit }]` in the order of the days, of rows that are settled; `addMoney` is the package's. */
export function daysOf(rows, { addMoney, som }) {
  const days = new Map();
  for (const { bankDate, documentDate, direction, amount, status } of rows) {
    if (status !== "settled" || !["credit", "debit"].includes(direction)) continue;
    const day = (bankDate ?? documentDate ?? "").slice(0, 10);
    const sums = days.get(day) ?? { day, credit: som(0), debit: som(0) };
    days.set(day, { ...sums, [direction]: addMoney(sums[direction], amount) });
  }
  return [...days.values()].sort((one, other) => one.day.localeCompare(other.day));
}

function sumCell(kind, sum, largest) {
  const sign = kind === "credit" ? "+" : "−";
  const figure = sum.minor === 0 ? "–" : `${sign}${money(sum)}`;
  return make(
    "td",
    { className: "day-sum" },
    make("span", { className: "cell-term", "aria-hidden": "true", textContent: text(`statement.${kind}`) }),
    make("span", { className: "number", textContent: figure }),
    bar(kind, largest === 0 ? 0 : sum.minor / largest),
  );
}

export function showDays(days) {
  const largest = Math.max(0, ...days.flatMap(({ credit, debit }) => [credit.minor, debit.minor]));
  const rows = days.map(({ day, credit, debit }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row", className: "number", textContent: day }),
      sumCell("credit", credit, largest),
      sumCell("debit", debit, largest),
    ),
  );
  part("day-rows").replaceChildren(...rows);
}
