// A million calls of each function, every eighth of them refused, with the event loop turning in between. The module's
// memory may grow during the first calls, and never again.

import { importEntry, line } from "../measure/line.js";
import { typicalOrders } from "../orders.js";

const CALLS = 1_000_000;
const CALLS_A_TURN = 1000;
const CALLS_TO_SETTLE = 5000;
const REFUSED_EVERY = 8;

await line(async () => {
  const instances = watchInstances();
  const package_ = await importEntry("tiyin/checkout");
  const calls = callsOf(package_);
  checkComplete(package_, calls);
  await callAll(calls, CALLS_TO_SETTLE);
  const settled = bytesOf(instances);
  await callAll(calls, CALLS - CALLS_TO_SETTLE);
  const final = bytesOf(instances);
  if (final > settled) throw new Error(`the memory grew from ${settled} to ${final} bytes`);
  const name = `memory after a million calls of ${Object.keys(calls).length} functions`;
  return [
    {
      name,
      unit: "bytes",
      ours: final,
      peer: settled,
      peerName: "after 5,000",
      ratio: final / settled,
      target: 1,
    },
  ];
});

/** The instances that are made from now on. */
function watchInstances() {
  const instances = [];
  WebAssembly.Instance = class extends WebAssembly.Instance {
    constructor(...args) {
      super(...args);
      instances.push(this);
    }
  };
  return instances;
}

function bytesOf(instances) {
  if (instances.length !== 1) throw new Error(`${instances.length} instances were made: a call has trapped`);
  // The build may rename what a module exports.
  const memory = Object.values(instances[0].exports).find((value) => value instanceof WebAssembly.Memory);
  return memory.buffer.byteLength;
}

/** Of each function a call that is answered and one that is refused. */
function callsOf(tiyin) {
  const [order, ...orders] = typicalOrders(4);
  const link = tiyin.checkoutLink(order);
  const amount = order.amount;
  const large = { minor: Number.MAX_SAFE_INTEGER, currency: "UZS" };
  return {
    som: [() => tiyin.som("500.50"), () => tiyin.som("1,5,0")],
    tiyin: [() => tiyin.tiyin(50050), () => tiyin.tiyin(0.5)],
    usd: [() => tiyin.usd(19.99), () => tiyin.usd(0.1 + 0.2)],
    cents: [() => tiyin.cents(1999n), () => tiyin.cents(2n ** 80n)],
    toMajor: [() => tiyin.toMajor(amount), () => tiyin.toMajor({ minor: 1.5, currency: "UZS" })],
    formatMoney: [() => tiyin.formatMoney(amount, "ru"), () => tiyin.formatMoney(amount, "fr")],
    parseMoney: [() => tiyin.parseMoney("1 000 000,50 сум"), () => tiyin.parseMoney("1,000")],
    addMoney: [() => tiyin.addMoney(amount, amount), () => tiyin.addMoney(large, amount)],
    allocate: [() => tiyin.allocate(amount, [1, 2, 4]), () => tiyin.allocate(amount, [])],
    percentOf: [() => tiyin.percentOf(amount, 1250, "up"), () => tiyin.percentOf(amount, 0.5)],
    convertMoney: [
      () => tiyin.convertMoney(amount, "12650.55", "USD"),
      () => tiyin.convertMoney(amount, "0", "USD"),
    ],
    checkoutLink: [() => tiyin.checkoutLink(order), () => tiyin.checkoutLink({ ...order, merchantId: "12" })],
    checkoutLinks: [() => tiyin.checkoutLinks(orders), () => tiyin.checkoutLinks([...orders, {}])],
    parseCheckoutLink: [() => tiyin.parseCheckoutLink(link), () => tiyin.parseCheckoutLink("not a link")],
  };
}

function checkComplete(tiyin, calls) {
  const functions = Object.keys(tiyin).filter((name) => !["TiyinError", "isTiyinError"].includes(name));
  const missing = functions.filter((name) => !(name in calls));
  if (missing.length > 0) throw new Error(`no calls are written for ${missing.join(", ")}`);
}

async function callAll(calls, count) {
  for (let done = 0; done < count; done += CALLS_A_TURN) {
    for (const [name, [answered, refused]] of Object.entries(calls)) {
      for (let call = 0; call < CALLS_A_TURN; call++) {
        if (call % REFUSED_EVERY === 0) checkRefused(name, refused);
        else answered();
      }
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function checkRefused(name, refused) {
  let answer;
  try {
    answer = refused();
  } catch {
    return;
  }
  throw new Error(`${name} was to refuse, and gave ${JSON.stringify(answer)}`);
}
