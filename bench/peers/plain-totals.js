// A statement added up page by page over JSON.parse, with the checks that a sum of money needs and no others.

const DIRECTIONS = new Map([
  ["Приход", "credit"],
  ["Расход", "debit"],
]);
const SETTLED = new Set(["Проведен", "Проведён"]);
const UNSETTLED = new Set(["Введен", "Введён", "Удален", "Удалён"]);

/** `statementTotals` by itself; `ask` gives the text of the page behind a row. */
export async function plainTotals(ask) {
  const sums = { credit: 0, debit: 0 };
  let rows = 0;
  let lastId = 0;
  for (;;) {
    const { status, data } = JSON.parse(await ask(lastId));
    if (status !== "success" || !Array.isArray(data)) throw new Error("not a page");
    const seen = new Set();
    let largest = lastId;
    for (const row of data) {
      if (!isWhole(row.id) || !isWhole(row.amount)) throw new Error("not a row");
      if (row.id <= lastId || seen.has(row.id)) continue;
      seen.add(row.id);
      largest = Math.max(largest, row.id);
      rows += 1;
      add(sums, row);
    }
    if (seen.size === 0) break;
    lastId = largest;
  }
  return { credit: uzs(sums.credit), debit: uzs(sums.debit), rows };
}

function add(sums, { type, status, amount }) {
  if (UNSETTLED.has(status)) return;
  const direction = DIRECTIONS.get(type);
  if (!SETTLED.has(status) || !direction) throw new Error("nothing is known of a row");
  sums[direction] += amount;
  if (!isWhole(sums[direction])) throw new Error("too large a sum");
}

const isWhole = (number) => Number.isSafeInteger(number) && number >= 0;
const uzs = (minor) => ({ minor, currency: "UZS" });
