// Orders found in a statement's rows, beside the same with maps, which checks nothing of what it is given.

import { isDeepStrictEqual } from "node:util";
import { interleaveWarm, timed } from "../measure/interleave.js";
import { importEntry, line } from "../measure/line.js";
import { ratioRow } from "../measure/rows.js";
import { plainReconcile } from "../peers/plain-reconcile.js";
import { ordersFor, rows } from "../statements.js";

const MOST = 100_000;
const GROWTH = 1.5;

await line(async ({ effort }) => {
  const { reconcile } = await importEntry("tiyin/server");
  const statement = rows(MOST);
  const orders = ordersFor(statement);
  const figures = {};
  const table = [];
  for (const count of [1000, 10_000, MOST]) {
    const [some, theirs] = [statement.slice(0, count), orders.slice(0, count)];
    checkSame(reconcile(some, theirs), plainReconcile(some, theirs));
    const sides = await interleaveWarm(effort(15, 7), {
      ours: timed(() => reconcile(some, theirs), MOST / count),
      peer: timed(() => plainReconcile(some, theirs), MOST / count),
    });
    figures[count] = sides.ours.map((time) => time / count);
    const name = `${count.toLocaleString("en")} orders found in as many rows`;
    table.push(ratioRow(name, "maps", sides, { target: 1 }));
  }
  for (const count of [10_000, MOST]) {
    const name = `${count.toLocaleString("en")} orders found, each`;
    table.push(ratioRow(name, "of 1,000", figures, { ours: count, peer: 1000, target: GROWTH }));
  }
  return table;
});

/** Which alike groups come first is not promised. */
function checkSame(ours, peer) {
  const [one, other] = [ours, peer].map(({ ambiguous, ...found }) => ({
    ...found,
    ambiguous: ambiguous.toSorted((a, b) => a.rowIds[0] - b.rowIds[0]),
  }));
  for (const [part, found] of Object.entries(one)) {
    if (found.length === 0) throw new Error(`nothing is ${part}`);
    if (isDeepStrictEqual(found, other[part])) continue;
    const at = found.findIndex((item, index) => !isDeepStrictEqual(item, other[part][index]));
    throw new Error(
      `${part}: ours ${JSON.stringify(found[at])}, peer ${JSON.stringify(other[part][at])} at ${at}`,
    );
  }
}
