// What every consumer's own code asks of the package, and what must come back: one line asks one thing more, of any entry.

import * as tiyin from "tiyin";
import { checkoutLink, formatMoney, som, TiyinError } from "tiyin/checkout";
import { describeError } from "tiyin/messages";
import { qrSvg } from "tiyin/qr";
import { createSandbox } from "tiyin/sandbox";
import * as server from "tiyin/server";
import { LinkSigner } from "tiyin/sign";

const MERCHANT = "571c06fb-6c61-4ef7-8567-5511abaf12b5";
const ORDER = {
  merchantId: MERCHANT,
  amount: { minor: 50000, currency: "UZS" },
  account: { order_id: "12" },
};

// The first link that the vendor's documents print.
const LINK =
  "https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg==";

// The first token of docs/signed-links.md.
const KEYS = [{ id: "2026-11", secret: "0123456789abcdef0123456789abcdef" }];
const EXPIRY = 1790000000000;
const TOKEN =
  "v1.2026-11.1790000000000.bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg._PFflD885ZFd5pfGCemWQ5tiWuqXmO03khLPO2RxSEA";

const REFUSED = {
  code: "too_many_decimals",
  message: "value: som and dollars have two, tiyin and cents none; round first",
  isTiyinError: true,
};

// What a provider would answer; nothing is sent.
const STATE = '{"result":{"transactionId":"5","status":"paid","amount":500}}';
const PAGE = { baseUrl: "https://shop.uz/api/paylov", fetch: async () => new Response(STATE) };
const SERVER = { ...PAGE, auth: { apiKey: "5" } };
const BANK_STATE =
  '{"status":"success","code":0,"data":{"payment_status":"\\u041f\\u0440\\u043e\\u0432\\u0435\\u0434\\u0435\\u043d","doc_id":"1180_1841519885"}}';
const BANK_PAGE = { baseUrl: "https://shop.uz/api/bank", fetch: async () => new Response(BANK_STATE) };
const BANK_SERVER = { ...BANK_PAGE, auth: { username: "gray", password: "p@ssw0rd" } };
const SETTLED = {
  status: "settled",
  documentId: "1180_1841519885",
  raw: "\u041f\u0440\u043e\u0432\u0435\u0434\u0435\u043d",
};
const EXPECTED = {
  orderId: "5",
  payee: { account: "16103000900000401001" },
  amount: ORDER.amount,
  purpose: "rent",
};
const MISSING = { matched: [], missing: ["5"], extra: [], different: [], ambiguous: [] };
const PAID = { transactionId: "5", status: "paid", amount: ORDER.amount, raw: "paid" };

const questions = [
  [() => checkoutLink(ORDER), LINK],
  [() => formatMoney(som("1000000.5")), "1\u00a0000\u00a0000,50\u00a0so\u02bbm"],
  [() => som(0.1 + 0.2), REFUSED],
  [() => tiyin.checkoutLink(ORDER), LINK],
  [() => tiyin.som(0.1 + 0.2), REFUSED],
  [() => new LinkSigner(KEYS).sign(ORDER, { expiresAt: new Date(EXPIRY) }), TOKEN],
  [() => new LinkSigner(KEYS).verify(TOKEN, { now: EXPIRY - 1 }), ORDER],
  [() => server.checkoutLink(ORDER), LINK],
  [() => new server.LinkSigner(KEYS).sign(ORDER, { expiresAt: new Date(EXPIRY) }), TOKEN],
  [() => new tiyin.PaylovServices(PAGE).getStatus("5"), PAID],
  [() => new server.PaylovServices(SERVER).getStatus("5", { signal: new AbortController().signal }), PAID],
  [() => new tiyin.BankTransfers(BANK_PAGE).getPayment("5"), SETTLED],
  [() => new server.BankTransfers(BANK_SERVER).getPayment("5"), SETTLED],
  [() => server.reconcile([], [EXPECTED]), MISSING],
  [
    () => new tiyin.PaylovServices(SERVER),
    {
      code: "credential_not_allowed",
      message: "auth: not here; clients of tiyin/server take auth, and pages reach them through a proxy",
      isTiyinError: true,
    },
  ],
  [
    () => qrSvg("https://shop.uz/").slice(0, 61),
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33" s',
  ],
  [() => createSandbox({ seed: 7 }).ledger(), []],
  [
    () => describeError({ code: "amount_too_small", min: som(1000) }, "ru").advice,
    "\u0412\u0432\u0435\u0434\u0438\u0442\u0435 \u043d\u0435 \u043c\u0435\u043d\u044c\u0448\u0435 1\u00a0000\u00a0\u0441\u0443\u043c.",
  ],
];

export const expected = questions.map(([, answer]) => answer);

/** The answers as plain data, so that they can leave the consumer; a thrown error is an answer too. */
export function answers() {
  return Promise.all(
    questions.map(async ([ask]) => {
      try {
        return await ask();
      } catch (error) {
        const { code, message } = error;
        return { code, message, isTiyinError: error instanceof TiyinError };
      }
    }),
  );
}
