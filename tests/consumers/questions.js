// What every consumer's own code asks of the package, and what must come back: one line asks one thing more, of any entry.

import * as tiyin from "tiyin";
import { checkoutLink, formatMoney, som, TiyinError } from "tiyin/checkout";

const MERCHANT = "571c06fb-6c61-4ef7-8567-5511abaf12b5";
const ORDER = {
  merchantId: MERCHANT,
  amount: { minor: 50000, currency: "UZS" },
  account: { order_id: "12" },
};

// The first link that the vendor's documents print.
const LINK =
  "https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg==";

const REFUSED = {
  code: "too_many_decimals",
  message: "value: som and dollars have two, tiyin and cents none; round first",
  isTiyinError: true,
};

const questions = [
  [() => checkoutLink(ORDER), LINK],
  [() => formatMoney(som("1000000.5")), "1\u00a0000\u00a0000,50\u00a0so\u02bbm"],
  [() => som(0.1 + 0.2), REFUSED],
  [() => tiyin.checkoutLink(ORDER), LINK],
  [() => tiyin.som(0.1 + 0.2), REFUSED],
];

export const expected = questions.map(([, answer]) => answer);

/** The answers as plain data, so that they can leave the consumer; a thrown error is an answer too. */
export function answers() {
  return questions.map(([ask]) => {
    try {
      return ask();
    } catch (error) {
      const { code, message } = error;
      return { code, message, isTiyinError: error instanceof TiyinError };
    }
  });
}
