// Whether a unit of work takes the same time when there is ten and a hundred times as much of it. All sides of a subject do
// the same amount in all: one piece a hundred times as large, ten pieces ten times as large, a hundred small ones.

import { interleaveWarm, timed } from "../measure/interleave.js";
import { importEntry, line } from "../measure/line.js";
import { ratioRow } from "../measure/rows.js";
import { orderOfFields, orderOfLength, typicalOrders } from "../orders.js";

const TARGET = 1.5;
const SCALES = [1, 10, 100];

await line(async ({ effort }) => {
  const rows = [];
  for (const subject of await subjects()) {
    rows.push(...rowsOf(subject, await interleaveWarm(effort(51, 9), sidesOf(subject))));
  }
  return rows;
});

/** What grows, how large the smallest piece is, how often the smallest is done, and the work on a piece of some size. */
async function subjects() {
  const { checkoutLink, checkoutLinks, parseCheckoutLink } = await importEntry("tiyin/checkout");
  const orders = typicalOrders(100_000);
  const work = (call, piece) => (size) => {
    const value = piece(size);
    return () => call(value);
  };
  const ordersUpTo = (count) => orders.slice(0, count);
  const linkOfLength = (characters) => checkoutLink(orderOfLength(characters));
  return [
    { what: "links in one call", smallest: 1, pieces: 1000, workOn: work(checkoutLinks, ordersUpTo) },
    { what: "links in one call", smallest: 1000, pieces: 100, workOn: work(checkoutLinks, ordersUpTo) },
    { what: "fields in one link", smallest: 2, pieces: 1000, workOn: work(checkoutLink, orderOfFields) },
    { what: "characters in one link", smallest: 200, pieces: 500, workOn: work(checkoutLink, orderOfLength) },
    {
      what: "characters read from one",
      smallest: 200,
      pieces: 500,
      workOn: work(parseCheckoutLink, linkOfLength),
    },
  ];
}

function sidesOf({ smallest, pieces, workOn }) {
  return Object.fromEntries(
    SCALES.map((scale) => {
      const times = pieces / scale;
      const side = timed(workOn(smallest * scale), times);
      return [scale, () => side() / (smallest * scale)];
    }),
  );
}

function rowsOf({ what, smallest }, figures) {
  const [first, ...larger] = SCALES;
  return larger.map((scale) => {
    const name = `${(smallest * scale).toLocaleString("en")} ${what}, each`;
    return ratioRow(name, `of ${smallest.toLocaleString("en")}`, figures, {
      ours: scale,
      peer: first,
      target: TARGET,
    });
  });
}
