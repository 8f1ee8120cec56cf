// Of everything that can be called, arguments that are answered and, where some are refused, such arguments. Where no two
// answers are equal, `told` gives what is. It needs nothing of the package, so that a test can read it before anything is
// started.

import {
  BANK_URL,
  BUDGET_ORDER,
  bankAnswerOf,
  CREDENTIALS,
  ORDER,
  QUERY,
  ROW,
  SETTLED_ORDER,
} from "./bank.js";
import { plainName } from "./callables.js";
import { linkOf, MERCHANT_ID, vendorOrder } from "./orders.js";
import { API_KEY, answerOf, BASE_URL, BILL, PAYMENT, PAYMENT_ID, QUESTION, SERVICE_ID } from "./paylov.js";

const FACTS = { code: "internal", message: "a test" };
const MONEY = { minor: 50050, currency: "UZS" };
const LARGEST = { minor: Number.MAX_SAFE_INTEGER, currency: "UZS" };
const KEYS = [{ id: "2026-11", secret: "0123456789abcdef0123456789abcdef" }];
const UNTIL = { expiresAt: 1_790_000_000_000 };
const BEFORE = { now: 1_780_000_000_000 };
// Of tests/fixtures/checkout/signed-links.json.
const TOKEN =
  "v1.2026-11.1790000000000.bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg._PFflD885ZFd5pfGCemWQ5tiWuqXmO03khLPO2RxSEA";
const SIGNED_URL =
  "https://shop.uz/paid?tiyin=v1.2026-11.1790000000000.b3JkZXI9MTI.mhwl7RvNBa0hugC7zDTt8FgRwCcc90WllhCUw9f724U";
const FRACTION = { minor: 1.5, currency: "UZS" };

const FIELD = {
  fieldId: "9",
  name: "code",
  title: "Code",
  type: "text",
  content: "number",
  required: true,
  values: [],
};
const SELECT = { ...FIELD, name: "kind", type: "select", values: [{ id: 1, value: "a", title: "A" }] };
const FORM = { min: MONEY, max: LARGEST, fields: [SELECT, FIELD] };
const VALUES = { kind: "a", code: "5" };

const PAGE = { baseUrl: BASE_URL, fetch: answerOf };
const SERVER = { ...PAGE, auth: { apiKey: API_KEY } };
const BANK_PAGE = { baseUrl: BANK_URL, fetch: bankAnswerOf };
const BANK_SERVER = { ...BANK_PAGE, auth: CREDENTIALS };
const CLIENTS = ["PaylovServices", "BankTransfers"];

/** How an instance of each exported class is made; of one that differs from entry to entry, of each entry's. */
export const INSTANCES = {
  TiyinError: (TiyinError) => new TiyinError(FACTS),
  AccountForm: (AccountForm) => new AccountForm(FORM, VALUES),
  LinkSigner: (LinkSigner) => new LinkSigner(KEYS),
  PaylovServices: (PaylovServices) => new PaylovServices(PAGE),
  "PaylovServices of tiyin/server": (PaylovServices) => new PaylovServices(SERVER),
  BankTransfers: (BankTransfers) => new BankTransfers(BANK_PAGE),
  "BankTransfers of tiyin/server": (BankTransfers) => new BankTransfers(BANK_SERVER),
};

/** Whether this is a client's method: such a call gives a promise, whatever it is given. */
export function isCallOfClient(name) {
  const [owner, method] = plainName(name).split(".");
  return CLIENTS.includes(owner) && method !== undefined;
}

/** Arguments for what is found under this name. */
export function callsOf(name) {
  return CALLS[name] ?? CALLS[plainName(name)];
}

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
  "new LinkSigner": { answered: [KEYS], refused: [[]] },
  "LinkSigner.sign": { answered: [vendorOrder(), UNTIL], refused: [vendorOrder(), {}] },
  "LinkSigner.verify": { answered: [TOKEN, BEFORE], refused: [`${TOKEN}A`, BEFORE] },
  "LinkSigner.signReturnUrl": {
    answered: ["https://shop.uz/paid", { order: "12" }, UNTIL],
    refused: ["https://shop.uz", {}, UNTIL],
  },
  "LinkSigner.verifyReturnUrl": { answered: [SIGNED_URL, BEFORE], refused: [`${SIGNED_URL}#`, BEFORE] },
  "new PaylovServices": { answered: [PAGE], refused: [SERVER] },
  "new PaylovServices of tiyin/server": { answered: [SERVER], refused: [PAGE] },
  "PaylovServices.listServices": {
    answered: [{ availableForMe: true }, {}],
    refused: [{ availableForMe: "yes" }, {}],
  },
  "PaylovServices.getFields": { answered: [SERVICE_ID, {}], refused: ["..", {}] },
  "PaylovServices.getInfo": { answered: [QUESTION, {}], refused: [{ ...QUESTION, serviceId: "" }, {}] },
  "PaylovServices.createPayment": {
    answered: [PAYMENT, { idempotencyKey: "5" }],
    refused: [{ ...PAYMENT, amount: FRACTION }, { idempotencyKey: "5" }],
  },
  "PaylovServices.pay": { answered: [BILL, {}], refused: [{ ...BILL, otp: "" }, {}] },
  "PaylovServices.getStatus": { answered: [PAYMENT_ID, { timeoutMs: 5000 }], refused: ["", {}] },
  "PaylovServices.listPaid": { answered: [{ userId: "646" }, {}], refused: [{ userId: 646 }, {}] },
  "PaylovServices.payAndConfirm": {
    answered: [BILL, { wasSent: true, pollEveryMs: 1, deadlineMs: 30_000 }],
    refused: [
      { ...BILL, cardId: "" },
      { pollEveryMs: 1, deadlineMs: 5 },
    ],
  },
  "new BankTransfers": { answered: [BANK_PAGE], refused: [BANK_SERVER] },
  "new BankTransfers of tiyin/server": { answered: [BANK_SERVER], refused: [BANK_PAGE] },
  "BankTransfers.listServices": { answered: [{}], refused: [{ timeout: 5 }] },
  "BankTransfers.createPayment": { answered: [ORDER, {}], refused: [{ ...ORDER, amount: FRACTION }, {}] },
  "BankTransfers.createBudgetPayment": { answered: [BUDGET_ORDER, {}], refused: [ORDER, {}] },
  "BankTransfers.getPayment": { answered: ["100001", {}], refused: ["1/2", {}] },
  "BankTransfers.getBalance": { answered: ["33", {}], refused: ["x", {}] },
  "BankTransfers.listStatement": { answered: [QUERY, {}], refused: [{ ...QUERY, to: "" }, {}] },
  "BankTransfers.statement": { answered: [QUERY, {}], refused: [{ ...QUERY, to: "" }, {}] },
  "BankTransfers.statementTotals": { answered: [QUERY, {}], refused: [{ ...QUERY, to: "" }, {}] },
  "BankTransfers.settle": {
    answered: [SETTLED_ORDER, { pollEveryMs: 1, deadlineMs: 5 }],
    refused: [ORDER, { pollEveryMs: 1, deadlineMs: 5 }],
  },
  transferOrderHash: { answered: [SETTLED_ORDER], refused: [ORDER] },
  reconcile: { answered: [[ROW], [ORDER]], refused: [[ROW], [{}]] },
  "new AccountForm": {
    answered: [FORM, VALUES],
    refused: [{ ...FORM, fields: [FIELD, FIELD] }, VALUES],
    told: ({ fields }) => fields,
  },
  "AccountForm.set": { answered: ["code", "5"], refused: ["cod", "5"] },
  "AccountForm.errors": { answered: [] },
  "AccountForm.checkAmount": { answered: [MONEY], refused: [FRACTION] },
  "AccountForm.account": { answered: [] },
  "AccountForm.subscribe": { answered: [() => {}], refused: ["code"], told: (stop) => typeof stop },
  buildAccount: { answered: [FORM, VALUES], refused: [FORM, { kind: "a" }] },
  qrSvg: { answered: ["5", { ecc: "H", margin: 2 }], refused: ["", {}] },
  createSandbox: {
    answered: [
      { seed: 7, auth: "required", faults: { rules: [{ kind: "hang", nth: 2 }], random: { percent: 5 } } },
    ],
    refused: [{ seed: 0.5 }],
    told: Object.keys,
  },
  describeError: { answered: [{ ...FACTS, outcome: "unknown", min: MONEY }, "ru"] },
  isTiyinError: { answered: [new Error("no")] },
  "new TiyinError": { answered: [FACTS] },
  "TiyinError.toJSON": { answered: [] },
};
