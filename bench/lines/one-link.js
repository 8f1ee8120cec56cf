// One validated link a call, against zod before the plain link and against the plain link alone.

import { interleaveWarm, timed } from "../measure/interleave.js";
import { importEntry, line } from "../measure/line.js";
import { ratioRow } from "../measure/rows.js";
import { cyrillicOrders, typicalOrders } from "../orders.js";
import { checkSameLinks, checkSameRefusals } from "../peers/check.js";
import { compiledZodLink } from "../peers/compiled-zod-link.js";
import { plainLink } from "../peers/plain-link.js";
import { zodLink } from "../peers/zod-link.js";

const CALLS = 1000;

await line(async ({ effort }) => {
  const { checkoutLink } = await importEntry("tiyin/checkout");
  for (const peer of [plainLink, zodLink, compiledZodLink]) checkSameLinks(checkoutLink, peer);
  checkSameRefusals(checkoutLink, zodLink, compiledZodLink);

  const pairs = effort(301, 51);
  const typical = await interleaveWarm(pairs, sides(checkoutLink, typicalOrders(CALLS)));
  const cyrillic = await interleaveWarm(pairs, sides(checkoutLink, cyrillicOrders(CALLS)));
  return [
    ratioRow("one validated link", "zod", typical, { peer: "zod", target: 0.6 }),
    ratioRow("one validated link", "unvalidated", typical, { peer: "plain", target: 1.1 }),
    ratioRow("one validated link", "zod, compiled", typical, { peer: "compiled" }),
    ratioRow("… in Cyrillic", "zod", cyrillic, { peer: "zod", target: 0.6 }),
    ratioRow("… in Cyrillic", "unvalidated", cyrillic, { peer: "plain", target: 1.1 }),
  ];
});

function sides(checkoutLink, orders) {
  const side = (link) => timed((index) => link(orders[index]), CALLS);
  return {
    ours: side(checkoutLink),
    zod: side(zodLink),
    plain: side(plainLink),
    compiled: side(compiledZodLink),
  };
}
