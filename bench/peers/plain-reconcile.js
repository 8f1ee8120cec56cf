// Orders found in a statement's rows, as programs do it by themselves: with maps, and without a check of what is given.

/** `reconcile` by itself; alike groups in the order in which they were found. */
export function plainReconcile(statement, orders) {
  const seen = new Set();
  const rows = [];
  const unclear = [];
  for (const { id, status, direction, payee, amount, purpose, documentDate } of statement) {
    if (status === "deleted" || status === "accepted" || direction === "credit" || seen.has(id)) continue;
    seen.add(id);
    if (status !== "settled" || direction !== "debit") {
      unclear.push(id);
      continue;
    }
    rows.push({ ...compared(payee, amount, purpose), id, day: documentDate?.slice(0, 10) });
  }
  const expected = orders.map(({ orderId, payee, amount, purpose, from, to }) => ({
    ...compared(payee, amount, purpose),
    id: orderId,
    from,
    to,
  }));
  const found = { matched: [], missing: [], extra: [], different: [], ambiguous: [] };
  const left = exact(expected, rows, found);
  almost(left.orders, left.rows, found);
  found.extra.push(...unclear);
  return found;
}

const compared = ({ account }, { minor, currency }, purpose) => ({
  account,
  amount: `${minor} ${currency}`,
  purpose: purpose.trim().replace(/\s+/g, " "),
});

const KEYS = {
  none: ({ account, amount, purpose }) => `${account}\n${amount}\n${purpose}`,
  amount: ({ account, purpose }) => `${account}\n${purpose}`,
  purpose: ({ account, amount }) => `${account}\n${amount}`,
};
KEYS.date = KEYS.none;

const isOfDay = ({ from, to }, { day }) =>
  (from === undefined && to === undefined) ||
  (day !== undefined && (from === undefined || day >= from) && (to === undefined || day <= to));

/** What fits each order and each row, but for one member. */
function fits(orders, rows, except) {
  const keyOf = KEYS[except];
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const ofRow = new Map();
  const ofOrder = orders.map((order) => {
    const key = keyOf(order);
    const fitting = (groups.get(key) ?? []).filter((row) => except === "date" || isOfDay(order, row));
    for (const row of fitting) ofRow.set(row, (ofRow.get(row) ?? 0) + 1);
    return fitting;
  });
  return { ofOrder, ofRow, keyOf };
}

function exact(orders, rows, found) {
  const { ofOrder, ofRow, keyOf } = fits(orders, rows, "none");
  const matched = new Set();
  const groups = new Map();
  const groupOf = (item) => {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, { orderIds: [], rowIds: [] });
    return groups.get(key);
  };
  const left = { orders: [], rows: [] };
  for (const [index, order] of orders.entries()) {
    const fitting = ofOrder[index];
    if (fitting.length === 0) {
      left.orders.push(order);
    } else if (fitting.length === 1 && ofRow.get(fitting[0]) === 1) {
      found.matched.push({ orderId: order.id, rowId: fitting[0].id });
      matched.add(fitting[0]);
    } else {
      groupOf(order).orderIds.push(order.id);
    }
  }
  for (const row of rows) {
    if (!ofRow.has(row)) left.rows.push(row);
    else if (!matched.has(row)) groupOf(row).rowIds.push(row.id);
  }
  found.ambiguous = [...groups.values()];
  return left;
}

function almost(orders, rows, found) {
  const ofOrder = orders.map(() => []);
  const ofRow = new Map();
  for (const field of ["amount", "purpose", "date"]) {
    const almost = fits(orders, rows, field);
    for (const [index, fitting] of almost.ofOrder.entries())
      for (const row of fitting) ofOrder[index].push({ row, field });
    for (const [row, count] of almost.ofRow) ofRow.set(row, (ofRow.get(row) ?? 0) + count);
  }
  const paired = new Set();
  for (const [index, order] of orders.entries()) {
    const [{ row, field } = {}] = ofOrder[index];
    if (ofOrder[index].length === 1 && ofRow.get(row) === 1) {
      found.different.push({ orderId: order.id, rowId: row.id, field });
      paired.add(row);
    } else {
      found.missing.push(order.id);
    }
  }
  found.extra = rows.filter((row) => !paired.has(row)).map(({ id }) => id);
}
