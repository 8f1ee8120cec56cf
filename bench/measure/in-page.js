// What lines/browser-links.js runs in its page.

import { checkoutLink, checkoutLinks } from "tiyin/checkout";

import { typicalOrders } from "../orders.js";
import { checkSameLinks } from "../peers/check.js";
import { plainLink } from "../peers/plain-link.js";
import { zodLink } from "../peers/zod-link.js";
import { interleaveWarm, timed } from "./interleave.js";

// Pages see a clock of a tenth of a millisecond.
const CALLS = 2000;

export async function measure(pairs) {
  checkSameLinks(checkoutLink, plainLink);
  checkSameLinks(checkoutLink, zodLink);
  const orders = typicalOrders(CALLS);
  const side = (link) => timed((index) => link(orders[index]), CALLS);
  const one = await interleaveWarm(pairs, {
    ours: side(checkoutLink),
    plain: side(plainLink),
    zod: side(zodLink),
  });
  const manyOrders = typicalOrders(10_000);
  const many = await interleaveWarm(pairs, {
    ours: timed(() => checkoutLinks(manyOrders)),
    peer: timed(() => manyOrders.map((order) => plainLink(order))),
  });
  return { one, many };
}
