// What the clients' types must allow where the platform has requests, answers and signals. It is compiled, never run.

import { PaylovServices, type PlatformRequest, type PlatformResponse, type PlatformSignal } from "tiyin";
import * as server from "tiyin/server";

const baseUrl = "https://shop.example.uz/api/paylov";
const auth = { apiKey: "key" };

const clients: PaylovServices[] = [
  new PaylovServices({ baseUrl, fetch }),
  new PaylovServices({ baseUrl, fetch: globalThis.fetch }),
  new PaylovServices({ baseUrl, fetch: (request) => fetch(request) }),
  new PaylovServices({
    baseUrl,
    fetch: (request) => fetch(new Request(request, { headers: { "x-lang": "uz" } })),
  }),
  new PaylovServices({ baseUrl, fetch: async (request) => new Response(request.url) }),
  new PaylovServices({ baseUrl, fetch: async () => Response.json({ result: { services: [] } }) }),
  new server.PaylovServices({ baseUrl, auth, fetch }),
];

const controller = new AbortController();
export const calls: Promise<unknown>[] = clients.flatMap((client) => [
  client.listServices({}, { signal: controller.signal }),
  client.getStatus("5", { signal: AbortSignal.timeout(5000) }),
  client.payAndConfirm({ transactionId: "5", cardId: "card" }, { signal: controller.signal }),
]);

export const request: PlatformRequest = new Request(baseUrl);
export const response: PlatformResponse = new Response();
export const signal: PlatformSignal = controller.signal;
export const told: [string, number, boolean] = [request.url, response.status, signal.aborted];
