// `tiyin/checkout`: money and checkout links. The first call starts the module.

import { starter } from "./start.js";
import { bytes, length } from "./wasm/checkout.bytes.js";
import * as module from "./wasm/checkout.js";

export { isTiyinError, TiyinError } from "./error.js";

const run = /* @__PURE__ */ starter(module.initSync, module.__wbg_reset_state, bytes, length);

export const som = (value) => run(module.som, value);
export const tiyin = (value) => run(module.tiyin, value);
export const usd = (value) => run(module.usd, value);
export const cents = (value) => run(module.cents, value);
export const toMajor = (money) => run(module.toMajor, money);
export const formatMoney = (money, locale) => run(module.formatMoney, money, locale);
export const parseMoney = (text, currency) => run(module.parseMoney, text, currency);
export const addMoney = (...money) => run(module.addMoney, money);
export const allocate = (money, weights) => run(module.allocate, money, weights);
export const percentOf = (money, basisPoints, rounding) =>
  run(module.percentOf, money, basisPoints, rounding);
export const convertMoney = (money, rate, to, rounding) =>
  run(module.convertMoney, money, rate, to, rounding);
// Options come first: links are written while orders are read.
export const checkoutLink = (order, options) => run(module.checkoutLink, options, order);
export const checkoutLinks = (orders, options) => run(module.checkoutLinks, options, orders);
export const parseCheckoutLink = (link) => run(module.parseCheckoutLink, link);
