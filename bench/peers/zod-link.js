// The same checks as checkoutLink's, written with zod, before the plain link.

import * as z from "zod";

import { plainLink } from "./plain-link.js";

const currency = z.enum(["UZS", "USD"]);

const returnUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1"].includes(hostname));
});

export const order = z
  .strictObject({
    // z.uuid() takes some versions only.
    merchantId: z.guid(),
    amount: z.strictObject({ minor: z.int().positive(), currency }),
    account: z.record(z.string().min(1), z.string()).refine((account) => Object.keys(account).length > 0),
    returnUrl: returnUrl.optional(),
    convertTo: currency.optional(),
    wireUnit: z.enum(["major", "minor"]).optional(),
  })
  .refine(({ wireUnit, amount }) => wireUnit !== "major" || amount.minor % 100 === 0);

export function zodLink(value) {
  return plainLink(order.parse(value));
}
