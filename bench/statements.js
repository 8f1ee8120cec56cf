// The statements that the lines measure, and the orders that are found in them.

const FIRST_DAY = Date.UTC(2023, 0, 1);
const DAYS = 28;
const DAY = 86_400_000;
const PURPOSES = ["Предоплата 100% за аренду", "Оплата за товары по договору", "Возврат средств клиенту"];
const WORDS = {
  credit: "Приход",
  debit: "Расход",
  settled: "Проведен",
  accepted: "Введен",
  deleted: "Удален",
};

export const QUERY = { serviceId: "33", direction: "all", from: "2023-01-01", to: "2023-01-28" };

/** Rows as the bank writes them, with ids from 1. */
export function wireRows(count) {
  return rows(count).map(({ payer, payee, amount, ...row }) => ({
    id: row.id,
    docNumber: row.documentNumber,
    docDate: row.documentDate,
    paymentDate: row.bankDate,
    type: WORDS[row.direction],
    mfoPayer: payer.bankCode,
    accountPayer: payer.account,
    namePayer: payer.name,
    innPayer: payer.taxpayerId,
    mfoReceiver: payee.bankCode,
    accountReceiver: payee.account,
    nameReceiver: payee.name,
    innReceiver: payee.taxpayerId,
    amount: amount.minor,
    purpose: row.purpose,
    status: WORDS[row.status],
  }));
}

/** The same as the package gives them. */
export function rows(count) {
  return fromText(
    Array.from({ length: count }, (_, place) => {
      // Of a hundred, two are alike but for their ids.
      const index = place % 100 === 78 ? place - 1 : place;
      const day = new Date(FIRST_DAY + (index % DAYS) * DAY).toISOString().slice(0, 10);
      return {
        id: place + 1,
        direction: index % 3 === 0 ? "credit" : "debit",
        amount: uzs((index % 5000) * 100 + 100_007),
        payer: party(index, 900_000),
        payee: party(index, index % 50),
        purpose: purposeOf(index),
        documentNumber: String(1_917_830 + index),
        documentDate: `${day} 16:32:23`,
        bankDate: `${day} 00:00:00`,
        status: index % 97 === 0 ? "deleted" : index % 31 === 0 ? "accepted" : "settled",
      };
    }),
  );
}

/**
 * An order for each of these rows: of a hundred most are found, and some are not there, have another amount, purpose or day, or are
 * two of a kind.
 */
export function ordersFor(rows) {
  return fromText(
    rows.map(({ id, amount, payee, purpose, documentDate }) => {
      const order = { orderId: `order-${id}`, payee: { account: payee.account }, amount, purpose };
      const day = documentDate.slice(0, 10);
      switch (id % 100) {
        case 11:
          return { ...order, payee: { account: "20208000900000000000" } };
        case 22:
          return { ...order, amount: uzs(amount.minor + 1) };
        case 33:
          return { ...order, purpose: "Возврат" };
        case 44:
          return { ...order, from: "2023-02-01", to: "2023-02-28" };
        case 55:
          return { ...order, purpose: purposeOf(id), amount: uzs(7) };
        case 66:
          return { ...order, purpose: purpose.replaceAll(" ", "  ") };
        default:
          return { ...order, from: day, to: day };
      }
    }),
  );
}

const uzs = (minor) => ({ minor, currency: "UZS" });
const purposeOf = (index) => `${PURPOSES[index % PURPOSES.length]} № ${100_001 + Math.floor(index / 2)}`;

function party(index, payee) {
  return {
    name: `ООО «Савдо ${payee}»`,
    bankCode: "00401",
    account: `20208000${String(payee).padStart(12, "0")}`,
    taxpayerId: String(307_692_757 + (index % 1000)),
  };
}

// Parsed from text, as what arrives in a server: their strings are not the literals of this file.
const fromText = (value) => JSON.parse(JSON.stringify(value));
