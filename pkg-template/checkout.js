// `tiyin/checkout`: money and checkout links. The first call starts the module.
//
// A call names its function by the place in src/js.rs. What the arguments are is in checkout.d.ts.

import { starter } from "./start.js";
import { bytes, length } from "./wasm/checkout.bytes.js";

export { isTiyinError, TiyinError } from "./error.js";

const run = /* @__PURE__ */ starter(bytes, length);

export const som = (a) => run(0, a);
export const tiyin = (a) => run(1, a);
export const usd = (a) => run(2, a);
export const cents = (a) => run(3, a);
export const toMajor = (a) => run(4, a);
export const formatMoney = (a, b) => run(5, a, b);
export const parseMoney = (a, b) => run(6, a, b);
export const addMoney = (...a) => run(7, a);
export const allocate = (a, b) => run(8, a, b);
export const percentOf = (a, b, c) => run(9, a, b, c);
export const convertMoney = (a, b, c, d) => run(10, a, b, c, d);
// Options come first: links are written while orders are read.
export const checkoutLink = (a, b) => run(11, b, a);
export const checkoutLinks = (a, b) => run(12, b, a);
export const parseCheckoutLink = (a) => run(13, a);
