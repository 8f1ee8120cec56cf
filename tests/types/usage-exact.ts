// What may be absent may be undefined, also where `exactOptionalPropertyTypes` tells the two apart. It is compiled, never run.

import { type CheckoutOrder, type ClientConfig, PaylovServices, som } from "tiyin";
import { qrSvg } from "tiyin/qr";
import { LinkSigner } from "tiyin/sign";

declare const perhaps: {
  text: string | undefined;
  number: number | undefined;
  flag: boolean | undefined;
  now: Date | undefined;
  clock: (() => number) | undefined;
  headers: Record<string, string> | undefined;
};
const { text, number, flag, now, clock, headers } = perhaps;

export const order: CheckoutOrder = {
  merchantId: "",
  amount: som(1),
  account: { order_id: "1" },
  returnUrl: text,
  convertTo: undefined,
  wireUnit: undefined,
};
new LinkSigner([]).verify("", { now });
qrSvg("", { ecc: undefined, margin: number });
export const config: ClientConfig = { baseUrl: "", timeoutMs: number, retry: number, headers, now: clock };
const client = new PaylovServices({ ...config, fetch: undefined, listPaidPath: text });
client.listServices({ availableForMe: flag }, { signal: undefined, timeoutMs: number, idempotencyKey: text });
client.payAndConfirm(
  { transactionId: "", cardId: "", userId: text, otp: text },
  { wasSent: flag, pollEveryMs: number, deadlineMs: number },
);
client.listPaid({ serviceId: text, userId: text, beginDate: text, endDate: text });
