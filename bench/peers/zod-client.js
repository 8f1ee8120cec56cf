// Calls of Paylov's service payments as programs make them by themselves: fetch, JSON.parse, and zod for what came.

import * as z from "zod";

// What is read as leniently as the client reads it: ids that are numbers, amounts that are text, members that are null.
const id = z.union([z.string(), z.number()]).transform(String);
const text = id.nullish();
const som = z.union([z.int(), z.string().regex(/^-?\d+$/)]).transform((amount) => ({
  minor: Number(amount) * 100,
  currency: "UZS",
}));

const state = z
  .object({
    transactionId: id,
    status: z.string(),
    amount: som,
    serviceId: text,
    payedAt: text,
    cancelTime: text,
  })
  .transform(({ transactionId, status, amount, serviceId, payedAt, cancelTime }) => ({
    transactionId,
    status: ["created", "paid", "cancelled"].includes(status) ? status : "other",
    amount,
    ...(serviceId && { serviceId }),
    ...(payedAt && { paidAt: payedAt }),
    ...(cancelTime && { cancelledAt: cancelTime }),
    raw: status,
  }));

const service = z
  .object({
    service_id: id,
    name: z.string(),
    category: z.object({ id: z.int(), name: z.string() }),
    amount: z.object({ min: som, max: som }),
    is_active: z.boolean().default(true),
    has_info_method: z.boolean().default(false),
    can_cancel: z.boolean().default(false),
    payment_available: z.boolean().default(true),
    logo: z.string().nullish(),
  })
  .transform((read) => ({
    serviceId: read.service_id,
    name: read.name,
    category: read.category,
    min: read.amount.min,
    max: read.amount.max,
    active: read.is_active,
    hasInfo: read.has_info_method,
    canCancel: read.can_cancel,
    payable: read.payment_available,
    ...(read.logo && { logo: read.logo }),
  }));

const stateAnswer = z.object({ result: state });
const servicesAnswer = z.object({ result: z.object({ services: z.array(service) }) });

/** The two calls; `init` is what else each request has. */
export function zodClient(baseUrl, apiKey, fetch, init = () => ({})) {
  const ask = async (target, answer) => {
    const request = new Request(baseUrl + target, { headers: { "api-key": apiKey }, ...init() });
    const response = await fetch(request);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return answer.parse(JSON.parse(await response.text())).result;
  };
  return {
    async getStatus(transactionId) {
      const query = new URLSearchParams({ transactionId });
      const read = await ask(`servicePayment/transaction/status/?${query}`, stateAnswer);
      if (read.transactionId !== transactionId) throw new Error("another payment's status");
      return read;
    },
    listServices: async () => (await ask("servicePayment/list/", servicesAnswer)).services,
  };
}
