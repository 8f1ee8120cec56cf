// A page of a bank's statement as programs read it by themselves: fetch, JSON.parse, and zod for what came.

import * as z from "zod";

// As leniently as the client reads it: numbers that are text, text that is a number, members that are null or absent.
const whole = z.union([
  z.int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);
const text = z.union([z.string(), z.number().transform(String)]).nullish();

const DIRECTIONS = { Приход: "credit", Расход: "debit" };
const STATUSES = {
  Введен: "accepted",
  Введён: "accepted",
  Проведен: "settled",
  Проведён: "settled",
  Удален: "deleted",
  Удалён: "deleted",
};

const row = z
  .object({
    id: whole,
    docNumber: text,
    docDate: text,
    paymentDate: text,
    type: z.string(),
    mfoPayer: text,
    accountPayer: text,
    namePayer: text,
    innPayer: text,
    mfoReceiver: text,
    accountReceiver: text,
    nameReceiver: text,
    innReceiver: text,
    amount: whole,
    purpose: text,
    status: text,
  })
  .transform((read) => ({
    id: read.id,
    direction: DIRECTIONS[read.type.trim()] ?? "other",
    amount: { minor: read.amount, currency: "UZS" },
    payer: {
      name: read.namePayer ?? "",
      bankCode: read.mfoPayer ?? "",
      account: read.accountPayer ?? "",
      taxpayerId: read.innPayer ?? "",
    },
    payee: {
      name: read.nameReceiver ?? "",
      bankCode: read.mfoReceiver ?? "",
      account: read.accountReceiver ?? "",
      taxpayerId: read.innReceiver ?? "",
    },
    purpose: read.purpose ?? "",
    ...(read.docNumber && { documentNumber: read.docNumber }),
    ...(read.docDate && { documentDate: read.docDate }),
    ...(read.paymentDate && { bankDate: read.paymentDate }),
    status: STATUSES[read.status?.trim()] ?? "other",
  }));

const page = z.object({ status: z.literal("success"), code: z.literal(0).nullish(), data: z.array(row) });

/** `listStatement` by itself. */
export function zodStatement(baseUrl, authorization, fetch) {
  return async ({ serviceId, from, to, afterId = 0 }) => {
    const dates = {
      fromDate: from.split("-").reverse().join("."),
      toDate: to.split("-").reverse().join("."),
    };
    const body = JSON.stringify({ type: "0", lastId: afterId, ...dates, serviceId: Number(serviceId) });
    const headers = { authorization, "content-type": "application/json" };
    const response = await fetch(
      new Request(`${baseUrl}api/v2/account/payments`, { method: "POST", headers, body }),
    );
    if (!response.ok) throw new Error(`status ${response.status}`);
    return page.parse(JSON.parse(await response.text())).data;
  };
}
