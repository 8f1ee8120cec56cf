// A client's call against an in-process fetch, beside the same call with JSON.parse and zod.

import { isDeepStrictEqual } from "node:util";
import { interleaveWarm, timedInTurn } from "../measure/interleave.js";
import { importEntry, line } from "../measure/line.js";
import { ratioRow } from "../measure/rows.js";
import { zodClient } from "../peers/zod-client.js";

const BASE_URL = "https://gw.paylov.uz/";
const API_KEY = "kfggfgf.given_api_key_by_paylov";
const PAYMENT_ID = "b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26";
const TARGET = 1.5;

const STATE = JSON.stringify({
  result: {
    transactionId: PAYMENT_ID,
    status: "paid",
    payedAt: "2024-10-14 15:07:23",
    serviceId: "9f877739-bc25-4f0f-a13f-ec485fd04250",
    cancelTime: null,
    amount: 500,
  },
});

await line(async ({ effort }) => {
  const { PaylovServices } = await importEntry("tiyin/server");
  const clientsFor = (json) => {
    const fetch = async () => new Response(json);
    const timed = () => ({ signal: AbortSignal.timeout(30_000) });
    return {
      ours: new PaylovServices({ baseUrl: BASE_URL, auth: { apiKey: API_KEY }, fetch }),
      peer: zodClient(BASE_URL, API_KEY, fetch),
      limited: zodClient(BASE_URL, API_KEY, fetch, timed),
    };
  };

  const rows = await compare("a payment's status", clientsFor(STATE), ask, 100, effort(101, 25));
  for (const [count, calls] of [
    [20, 50],
    [200, 10],
    [2000, 2],
  ]) {
    const name = `${count.toLocaleString("en")} services`;
    rows.push(...(await compare(name, clientsFor(servicesJson(count)), list, calls, effort(101, 25))));
  }
  await checkSameRefusals(clientsFor);
  return rows;
});

function ask(client) {
  return client.getStatus(PAYMENT_ID);
}

function list(client) {
  return client.listServices();
}

async function compare(name, clients, call, calls, pairs) {
  const [ours, peer] = [await call(clients.ours), await call(clients.peer)];
  if (!isDeepStrictEqual(ours, peer))
    throw new Error(`ours ${JSON.stringify(ours)}\npeer ${JSON.stringify(peer)}`);
  const side = (client) => timedInTurn(() => call(client), calls);
  const figures = await interleaveWarm(pairs, {
    ours: side(clients.ours),
    peer: side(clients.peer),
    limited: side(clients.limited),
  });
  return [
    ratioRow(name, "fetch, zod", figures, { target: TARGET }),
    ratioRow(name, "… with a time limit", figures, { peer: "limited" }),
  ];
}

/** What is no answer is none to both. */
async function checkSameRefusals(clientsFor) {
  for (const json of [
    "",
    "{",
    "[]",
    "{}",
    '{"result":{}}',
    '{"result":{"services":[{}]}}',
    STATE.replace('"paid"', "true"),
    STATE.replace(PAYMENT_ID, "another"),
  ]) {
    const { ours, peer } = clientsFor(json);
    for (const call of [ask, list]) {
      for (const client of [ours, peer]) {
        const answered = await call(client).then(
          () => true,
          () => false,
        );
        if (answered) throw new Error(`${json} is taken`);
      }
    }
  }
}

function servicesJson(count) {
  const services = Array.from({ length: count }, (_, index) => ({
    service_id: `6ae5eaf5-9b70-4aa9-9260-${String(index).padStart(12, "0")}`,
    name: "Плата за электроэнергию",
    category: { id: 3, name: "Коммунальные услуги" },
    amount: { min: 500, max: 5000000 },
    is_active: true,
    has_info_method: true,
    can_cancel: false,
    payment_available: true,
    logo: "https://cdn.paylov.uz/2024/12/05/mobi.png",
  }));
  return JSON.stringify({ result: { services } });
}
