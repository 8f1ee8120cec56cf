// The QR code of a link as SVG, against npm's qrcode.

import QRCode from "qrcode";

import { interleaveWarm, timed } from "../measure/interleave.js";
import { importEntry, line } from "../measure/line.js";
import { ratioRow } from "../measure/rows.js";
import { typicalOrders } from "../orders.js";
import { plainLink } from "../peers/plain-link.js";

const CALLS = 5;

await line(async ({ effort }) => {
  const { qrSvg } = await importEntry("tiyin/qr");
  const links = typicalOrders(CALLS).map(plainLink);
  for (const link of links) checkSameSize(qrSvg(link), peerSvg(link));
  const figures = await interleaveWarm(effort(101, 25), {
    ours: timed((index) => qrSvg(links[index]), CALLS),
    peer: timed((index) => peerSvg(links[index]), CALLS),
  });
  return [ratioRow("a link's QR code as SVG", "npm qrcode", figures, { target: 0.2 })];
});

/** Synchronous in spite of its callback. */
function peerSvg(link) {
  let svg;
  QRCode.toString(link, { type: "svg", errorCorrectionLevel: "M" }, (error, text) => {
    if (error) throw error;
    svg = text;
  });
  return svg;
}

/** Both have chosen the smallest code there is for the text. */
function checkSameSize(ours, peer) {
  const [side, other] = [ours, peer].map((svg) => /viewBox="0 0 (\d+) /.exec(svg)[1]);
  if (side !== other) throw new Error(`ours has ${side} modules a side, the peer ${other}`);
}
