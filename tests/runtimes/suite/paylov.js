// Paylov's service payments as the vendor's document has them: inputs to start from, and a fetch that answers.

import { expectAnswer } from "./clock.js";

export const BASE_URL = "https://shop.example.uz/api/paylov/";
export const API_KEY = "kfggfgf.given_api_key_by_paylov";
export const SERVICE_ID = "9f877739-bc25-4f0f-a13f-ec485fd04250";
export const PAYMENT_ID = "b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26";
export const CARD_ID = "9f877739-2149-4831-88a4-d1857309c77c";

const ACCOUNT = { soato: "26290", region: "1", customer_code: "1000000" };

export const QUESTION = { serviceId: SERVICE_ID, account: ACCOUNT };
export const PAYMENT = { ...QUESTION, amount: { minor: 50000, currency: "UZS" }, userId: "007" };
export const BILL = { transactionId: PAYMENT_ID, cardId: CARD_ID, userId: "007" };

const SERVICE = {
  service_id: SERVICE_ID,
  name: "Плата за электроэнергию",
  category: { id: 3, name: "Коммунальные услуги" },
  amount: { min: 500, max: 5000000 },
};
const ROWS = [{ name: "saldo", value: "15105.15 UZS", title: "balance" }];

// What each endpoint answers, by its path after the base URL; to a payment's id with the same.
const RESULTS = [
  [/^servicePayment\/list\//, () => ({ services: [SERVICE] })],
  [/^servicePayment\/fields\//, () => ({ data: [{ ...SERVICE, fields: [] }] })],
  [/^servicePayment\/info\//, () => ({ data: ROWS })],
  [/^servicePayment\/create\//, () => ({ transactionId: PAYMENT_ID, data: ROWS })],
  [
    /^servicePayment\/pay\//,
    ({ transactionId }) => ({ transactionId, payedAt: "2024-10-14 15:07:23", paymentRef: "023581615065" }),
  ],
  [
    /^servicePayment\/transaction\/status\//,
    ({ transactionId }) => ({ transactionId, status: "paid", amount: 500 }),
  ],
  [/^servicePayment\/transaction\/all/, () => ({ totalTransaction: 0, transactions: [] })],
];

/** A fetch that answers everything with success. */
export async function answerOf(request) {
  const path = request.url.slice(BASE_URL.length);
  const found = RESULTS.find(([pattern]) => pattern.test(path));
  const given =
    request.method === "GET"
      ? Object.fromEntries(new URL(request.url).searchParams)
      : JSON.parse(await request.text());
  return success(found[1](given));
}

/** An answer as Paylov and the proxy give it. */
export function answer(json, status = 200, headers = {}) {
  return new Response(JSON.stringify(json), { status, headers });
}

export const success = (result) => answer({ result });

/** What a fetch was called with, as plain data. */
export async function recorded(request) {
  return {
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: request.method === "GET" ? null : await request.clone().text(),
  };
}

/** A fetch that gives one answer after the other, each made by a function of the request, and keeps what was sent. */
export function scripted(...answers) {
  const sent = [];
  const fetch = async (request) => {
    const turn = sent.length;
    expectAnswer(true);
    sent.push(await recorded(request));
    expectAnswer(false);
    const next = answers[Math.min(turn, answers.length - 1)];
    try {
      return await next(request);
    } finally {
      expectAnswer(true);
    }
  };
  return { fetch, sent };
}
