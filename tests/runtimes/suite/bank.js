// A bank's payments by requisites as the bank's document has them: inputs to start from, and a fetch that answers.

import { answer } from "./paylov.js";

export const BANK_URL = "https://shop.example.uz/api/bank/";
export const CREDENTIALS = { username: "gray", password: "p@ssw0rd" };
export const ORDER_ID = "009445151277";

const UZS = (minor) => ({ minor, currency: "UZS" });

export const ORDER = {
  orderId: ORDER_ID,
  payee: { name: "АК Aloqabank", bankCode: "00401", account: "16103000900000401001" },
  purpose: "Предоплата 100% за аренду",
  serviceId: "33",
  amount: UZS(500_000),
  commission: UZS(0),
};
export const BUDGET_ORDER = {
  ...ORDER,
  orderId: "1000001",
  payee: { account: "400522860262837950100251028", taxpayerId: "207099143" },
  purposeCode: "09510",
};
export const SETTLED_ORDER = { kind: "requisites", ...ORDER };
export const QUERY = { serviceId: "33", direction: "all", from: "2023-01-01", to: "2023-02-21" };

/** A row as the bank writes it. */
export const wireRow = (id, changes) => ({
  id,
  docNumber: "1917830",
  docDate: "2023-02-01 16:32:23",
  paymentDate: "2023-02-01 00:00:00",
  type: "Расход",
  mfoPayer: "00401",
  accountPayer: "20208000405273320010",
  namePayer: "ООО",
  innPayer: "307692757",
  mfoReceiver: "00401",
  accountReceiver: ORDER.payee.account,
  nameReceiver: "АК Aloqabank",
  innReceiver: "307692757",
  amount: 500_000,
  purpose: ORDER.purpose,
  status: "Проведен",
  ...changes,
});

/** The same as the package gives it. */
export const ROW = {
  id: 5,
  direction: "debit",
  amount: UZS(500_000),
  payer: { name: "ООО", bankCode: "00401", account: "20208000405273320010", taxpayerId: "307692757" },
  payee: {
    name: "АК Aloqabank",
    bankCode: "00401",
    account: ORDER.payee.account,
    taxpayerId: "307692757",
  },
  purpose: ORDER.purpose,
  documentNumber: "1917830",
  documentDate: "2023-02-01 16:32:23",
  bankDate: "2023-02-01 00:00:00",
  status: "settled",
};

export const ok = (data) => answer({ status: "success", code: 0, data });
export const failed = (code) => answer({ status: "error", code, message: "…", data: null });
export const stateOf = (payment_status) => () => ok({ payment_status, doc_id: "1180_1841519885" });
export const settled = stateOf("Проведен");
export const accepted = stateOf("Введен");
export const deleted = stateOf("Удален");
export const nothing = () => failed(1008);

/** A fetch that answers everything with success; a statement has one row. */
export async function bankAnswerOf(request) {
  const path = request.url.slice(BANK_URL.length);
  if (path === "api/v2/services") {
    const [service, type] = ["Расщепления", "CARD_IS_OPTIONAL"];
    return ok([{ id: 33, name: service, activated: true, type, account: "45645215794513547942" }]);
  }
  if (path.endsWith("/balance")) return ok({ balance: "1100" });
  if (path === "api/v2/account/payments") {
    const { lastId } = JSON.parse(await request.text());
    return ok(lastId < ROW.id ? [wireRow(ROW.id)] : []);
  }
  return settled();
}
