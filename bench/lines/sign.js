// A token of an order, checks included, against what makes the same token without any: node:crypto, and WebCrypto.

import { interleaveWarm, timed, timedInTurn } from "../measure/interleave.js";
import { importEntry, line } from "../measure/line.js";
import { ratioRow } from "../measure/rows.js";
import { typicalOrders, variedOrders } from "../orders.js";
import { importKey, nodeToken, webToken } from "../peers/plain-token.js";

const CALLS = 500;
const ID = "2026-11";
const SECRET = Buffer.from("0123456789abcdef0123456789abcdef");
const EXPIRY = 1_790_000_000_000;

await line(async ({ effort }) => {
  const { checkoutLink, LinkSigner } = await importEntry("tiyin/sign");
  const key = await importKey(SECRET);
  const signer = new LinkSigner([{ id: ID, secret: SECRET }]);
  const sign = (order) => signer.sign(order, { expiresAt: EXPIRY });
  await checkSame(sign, key);

  const orders = typicalOrders(CALLS);
  const tokens = orders.map(sign);
  const figures = await interleaveWarm(effort(151, 31), {
    ours: timed((index) => sign(orders[index]), CALLS),
    link: timed((index) => checkoutLink(orders[index]), CALLS),
    verified: timed((index) => signer.verify(tokens[index], { now: EXPIRY - 1 }), CALLS),
    node: timed((index) => nodeToken(ID, SECRET, orders[index], EXPIRY), CALLS),
    web: timedInTurn((index) => webToken(ID, key, orders[index], EXPIRY), CALLS),
  });
  return [
    ratioRow("an order signed", "node:crypto", figures, { peer: "node", target: 0.7 }),
    ratioRow("an order signed", "WebCrypto", figures, { peer: "web", target: 0.1 }),
    ratioRow("an order signed", "its link", figures, { peer: "link" }),
    ratioRow("… and verified", "node:crypto, signing", figures, { ours: "verified", peer: "node" }),
  ];
});

async function checkSame(sign, key) {
  for (const order of variedOrders().filter(({ account }) => !("" in account))) {
    const tokens = [nodeToken(ID, SECRET, order, EXPIRY), await webToken(ID, key, order, EXPIRY)];
    for (const token of tokens) {
      if (sign(order) !== token) throw new Error(`ours ${sign(order)}\npeer ${token}`);
    }
  }
}
