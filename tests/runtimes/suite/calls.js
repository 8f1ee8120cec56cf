// Of everything that can be called, arguments that are answered and, where some are refused, such arguments. It needs
// nothing of the package, so that a test can read it before anything is started.

import { linkOf, MERCHANT_ID, vendorOrder } from "./orders.js";

const FACTS = { code: "internal", message: "a test" };
const MONEY = { minor: 50050, currency: "UZS" };
const LARGEST = { minor: Number.MAX_SAFE_INTEGER, currency: "UZS" };
const FRACTION = { minor: 1.5, currency: "UZS" };

/** How an instance of each exported class is made. */
export const INSTANCES = {
  TiyinError: (TiyinError) => new TiyinError(FACTS),
};

export const CALLS = {
  som: { answered: ["500.50"], refused: ["1,5,0"] },
  tiyin: { answered: [50050], refused: [0.5] },
  usd: { answered: [19.99], refused: [0.1 + 0.2] },
  cents: { answered: [1999n], refused: [2n ** 80n] },
  toMajor: { answered: [MONEY], refused: [FRACTION] },
  formatMoney: { answered: [MONEY, "ru"], refused: [MONEY, "fr"] },
  parseMoney: { answered: ["1 000 000,50 сум", "UZS"], refused: ["1,000", "UZS"] },
  addMoney: { answered: [MONEY, MONEY], refused: [LARGEST, MONEY] },
  allocate: { answered: [MONEY, [1, 2, 4]], refused: [MONEY, []] },
  percentOf: { answered: [MONEY, 1250, "up"], refused: [MONEY, 0.5, "up"] },
  convertMoney: { answered: [MONEY, "12650.55", "USD", "down"], refused: [MONEY, "0", "USD", "down"] },
  checkoutLink: { answered: [vendorOrder(), {}], refused: [vendorOrder({ merchantId: "12" }), {}] },
  checkoutLinks: { answered: [[vendorOrder(), vendorOrder()], {}], refused: [[vendorOrder(), {}], {}] },
  parseCheckoutLink: {
    answered: [linkOf(`merchant_id=${MERCHANT_ID}&amount=500&account.order_id=12`)],
    refused: ["not a link"],
  },
  isTiyinError: { answered: [new Error("no")] },
  "new TiyinError": { answered: [FACTS] },
  "TiyinError.toJSON": { answered: [] },
};
