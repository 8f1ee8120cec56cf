// Many links in one call, against a loop that makes plain links.

import { interleaveWarm, timed } from "../measure/interleave.js";
import { importEntry, line } from "../measure/line.js";
import { ratioRow } from "../measure/rows.js";
import { typicalOrders } from "../orders.js";
import { plainLink } from "../peers/plain-link.js";

await line(async ({ effort }) => {
  const { checkoutLinks } = await importEntry("tiyin/checkout");
  const rows = [];
  for (const [count, pairs] of [
    [1000, effort(101, 25)],
    [10_000, effort(101, 25)],
    [100_000, effort(15, 7)],
  ]) {
    rows.push(await compare(checkoutLinks, count, pairs));
  }
  return rows;
});

async function compare(checkoutLinks, count, pairs) {
  const orders = typicalOrders(count);
  const loop = () => orders.map((order) => plainLink(order));
  checkSame(checkoutLinks(orders), loop());
  const figures = await interleaveWarm(pairs, {
    ours: timed(() => checkoutLinks(orders)),
    peer: timed(loop),
  });
  return ratioRow(`${count.toLocaleString("en")} links in one call`, "plain loop", figures, { target: 0.8 });
}

function checkSame(ours, others) {
  const index = ours.findIndex((link, place) => link !== others[place]);
  if (ours.length !== others.length || index >= 0)
    throw new Error(`link ${index} of ${others.length} differs`);
}
