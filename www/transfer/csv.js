// A statement as a file for spreadsheets: RFC 4180, UTF-8 with its mark, and no cell that a spreadsheet would calculate.

const COLUMNS = [
  ["id", ({ id }) => String(id)],
  ["documentDate", ({ documentDate }) => documentDate],
  ["bankDate", ({ bankDate }) => bankDate],
  ["documentNumber", ({ documentNumber }) => documentNumber],
  ["direction", ({ direction }) => direction],
  ["amount", ({ amount }, { toMajor }) => toMajor(amount)],
  ["currency", ({ amount }) => amount.currency],
  ["payerName", ({ payer }) => payer.name],
  ["payerBankCode", ({ payer }) => payer.bankCode],
  ["payerAccount", ({ payer }) => payer.account],
  ["payerTaxpayerId", ({ payer }) => payer.taxpayerId],
  ["payeeName", ({ payee }) => payee.name],
  ["payeeBankCode", ({ payee }) => payee.bankCode],
  ["payeeAccount", ({ payee }) => payee.account],
  ["payeeTaxpayerId", ({ payee }) => payee.taxpayerId],
  ["purpose", ({ purpose }) => purpose],
  ["status", ({ status }) => status],
];

/** A spreadsheet calculates what begins so; with an apostrophe in front it is text. */
const IS_FORMULA = /^[=+\-@\t\r\n]/;

function cell(value = "") {
  const harmless = IS_FORMULA.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(harmless) || harmless !== value ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const MARK = "\uFEFF";

/** `money` has `toMajor`, which writes an amount exactly. */
export function csvOf(rows, money) {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...rows.map((row) => COLUMNS.map(([, read]) => read(row, money))),
  ];
  return MARK + lines.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

export function save(name, content) {
  const url = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
