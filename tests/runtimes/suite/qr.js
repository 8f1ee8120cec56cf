// QR codes: the picture, decoded by another program's decoder, is the text.

import fc from "fast-check";
import jsQR from "jsqr";
import { checkoutLink } from "tiyin/checkout";
import { isTiyinError, qrSvg } from "tiyin/qr";
import { each, equal, holds, refused, test } from "./harness.js";
import { vendorOrder } from "./orders.js";
import { property } from "./properties.js";

const LEVELS = ["L", "M", "Q", "H"];
/** How the format information begins, by ISO 18004: two bits, before they are masked. */
const LEVEL_BITS = { L: 1, M: 0, Q: 3, H: 2 };
const PIXELS = 3;

/** The modules that a picture draws dark, row by row, and nothing else that it draws. */
function modulesOf(svg) {
  const picture =
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 (\d+) \1" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\1v\1H0z"\/><path d="((?:M\d+ \d+h\d+v1h-\d+z)*)"\/><\/svg>$/.exec(
      svg,
    );
  holds(picture !== null, `${svg.slice(0, 200)} is a picture as documented`);
  const side = Number(picture[1]);
  const rows = Array.from({ length: side }, () => new Array(side).fill(false));
  for (const [, x, y, width, back] of picture[2].matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
    equal(back, width, "a run goes back as far as it went");
    rows[y].fill(true, Number(x), Number(x) + Number(width));
  }
  return rows;
}

function decoded(svg) {
  const rows = modulesOf(svg);
  const side = rows.length * PIXELS;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (rows[Math.floor(y / PIXELS)][Math.floor(x / PIXELS)])
        pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
  return jsQR(pixels, side, side)?.data;
}

/** The level that a code says it has, in the modules beside its upper left corner. */
function levelOf(svg, margin) {
  const row = modulesOf(svg)[margin + 8];
  const bits = (row[margin] ? 2 : 0) + (row[margin + 1] ? 1 : 0);
  return LEVELS.find((level) => LEVEL_BITS[level] === (bits ^ 0b10));
}

each(
  "a link comes back at every level of error correction",
  LEVELS.map((ecc) => [ecc]),
  (ecc) => {
    const link = checkoutLink(vendorOrder());
    const svg = qrSvg(link, { ecc });
    equal(decoded(svg), link);
    equal(levelOf(svg, 4), ecc, "the level");
  },
);

test("without options it is M with a margin of four modules", () => {
  const svg = qrSvg("https://shop.uz/");
  equal(svg, qrSvg("https://shop.uz/", { ecc: "M", margin: 4 }));
  equal(svg, qrSvg("https://shop.uz/", {}));
  const rows = modulesOf(svg);
  equal(rows.length, 25 + 8);
  holds(!rows.slice(0, 4).flat().includes(true) && rows[4][4] && !rows[4][3], "the margin is light");
});

test("the margin is as wide as asked", () => {
  for (const margin of [0, 1, 64]) equal(modulesOf(qrSvg("5", { margin })).length, 21 + 2 * margin);
});

test("every kind of text comes back", () => {
  for (const text of ["5", "0123456789".repeat(30), "HTTPS://SHOP.UZ/", "soʻm ў 😀", " ", "\u0000\n"])
    equal(decoded(qrSvg(text)), text);
});

test("as much as a code holds comes back, and no byte more is taken", () => {
  for (const [ecc, most] of [
    ["L", 2953],
    ["M", 2331],
    ["Q", 1663],
    ["H", 1273],
  ]) {
    equal(decoded(qrSvg("x".repeat(most), { ecc })), "x".repeat(most));
    refused(() => qrSvg("x".repeat(most + 1), { ecc }), "too_long", "text");
  }
});

each(
  "what is no text or option is refused",
  [
    [[], "missing_field", "text"],
    [[""], "missing_field", "text"],
    [[5], "invalid_type", "text"],
    [["\ud800"], "lone_surrogate", "text"],
    [["5", "L"], "invalid_type", "options"],
    [["5", { ecc: "l" }], "not_an_option", "ecc"],
    [["5", { level: "L" }], "unknown_field", "level"],
    [["5", { margin: "4" }], "invalid_type", "margin"],
    [["5", { margin: -1 }], "invalid_margin", "margin"],
    [["5", { margin: 65 }], "invalid_margin", "margin"],
    [["5", { margin: 1.5 }], "not_an_integer", "margin"],
  ],
  (given, code, field) => {
    holds(isTiyinError(refused(() => qrSvg(...given), code, field)), "an error of this entry too");
  },
);

property(
  "any text comes back at any level",
  [
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 }),
    fc.constantFrom(...LEVELS),
    fc.nat({ max: 8 }),
  ],
  (text, ecc, margin) => equal(decoded(qrSvg(text, { ecc, margin: margin + 2 })), text),
  { runs: 20 },
);
