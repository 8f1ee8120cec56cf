// `npx tiyin sandbox` as a user runs it: from the packed package, in a project of its own, over HTTP.
//
//   node tests/sandbox-cli/check.js

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { finishProject, installPackage } from "../install/install.js";

const LINE = /^tiyin sandbox on (http:\/\/\S+)$/m;
const CARD = "9f877739-2149-4831-88a4-d1857309c77c";
const ORDER = {
  service_id: "3b03419c-2850-401f-b418-75d4c9b71b66",
  account: { phone: "901234567" },
  amount: 5000,
};
const PATIENCE_MS = 60_000;

const checks = [];
const failures = [];
const project = await installPackage();

await check("the address is printed, and the providers answer there", async () => {
  await withSandbox("--port 0", async ({ get, url }) => {
    expect(/^http:\/\/127\.0\.0\.1:\d+$/.test(url), url);
    const { status, body } = await get("/paylov/servicePayment/list/?available_for_me=true");
    expect(status === 200 && body.result.services.length > 5, status);
  });
});

await check("a payment is made and stands in the ledger", async () => {
  await withSandbox("--port 0", async ({ get, create, pay }) => {
    const id = await create();
    const { status, body } = await pay(id);
    expect(status === 200 && body.result.transactionId === id, JSON.stringify(body));
    const ledger = await get("/ledger");
    expect(ledger.body.length === 1 && ledger.body[0].amount.minor === 500_000, JSON.stringify(ledger));
  });
});

await check("an order of the bank is accepted and settled", async () => {
  await withSandbox("--port 0", async ({ get, url }) => {
    const order = {
      orderId: "order-1",
      amount: "500000",
      comissionAmount: "0",
      purpose: "Аренда за ноябрь",
      serviceId: "33",
      receiverName: "АК Aloqabank",
      mfoReceiver: "00401",
      receiverAccount: "29801000990248780000",
    };
    const response = await fetch(`${url}/bank/api/v2/payment`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(order),
    });
    expect((await response.json()).data.payment_status === "Проведен", response.status);
    const { body } = await get("/bank/api/v2/payment/order-1");
    expect(body.data.payment_status === "Проведен", JSON.stringify(body));
    const ledger = await get("/ledger");
    expect(ledger.body.length === 1 && ledger.body[0].orderId === "order-1", JSON.stringify(ledger));
  });
});

await check("the seed decides, as it does in a program", async () => {
  const { createSandbox } = await import(`${project}/node_modules/tiyin/sandbox.js`);
  const { fetch } = createSandbox({ seed: 7 });
  const own = await createBy(fetch, "http://sandbox");
  for (const [seed, isSame] of [
    ["--seed 7", true],
    ["--seed=-7", false],
  ]) {
    await withSandbox(`--port 0 ${seed}`, async ({ create }) => {
      expect(((await create()) === own) === isSame, seed);
    });
  }
});

await check("keys are asked for where they are required", async () => {
  await withSandbox("--port 0 --auth required", async ({ url }) => {
    const ask = async (headers) => (await fetch(`${url}/paylov/servicePayment/list/`, { headers })).status;
    const statuses = [await ask({}), await ask({ "api-key": "wrong" }), await ask({ "api-key": "a.key" })];
    expect(statuses.join() === "400,400,200", statuses);
  });
});

await check("faults are set and replaced, and a dropped answer is a lost connection", async () => {
  await withSandbox("--port 0", async ({ get, create, pay, setFaults }) => {
    const id = await create();
    expect((await setFaults({ rules: [{ kind: "drop_after", route: "pay" }] })).status === 204, "faults");
    const error = await pay(id).catch((error) => error);
    expect(error instanceof TypeError, error);
    expect((await get("/ledger")).body.length === 1, "one charge");
    await setFaults({ rules: [{ kind: "rate_limited", ms: 3000 }] });
    const { status, headers } = await pay(id);
    expect(status === 429 && headers.get("retry-after") === "3", status);
    await setFaults({});
    expect((await pay(id)).status === 200, "no fault");
  });
});

await check("faults that are none are refused, and the old ones stay", async () => {
  await withSandbox("--port 0", async ({ create, pay, setFaults, url }) => {
    const id = await create();
    await setFaults({ rules: [{ kind: "server_error", route: "pay" }] });
    const { status, body } = await setFaults({ rules: [{ kind: "drop" }] });
    const { code, field } = body.error;
    expect(
      status === 400 && code === "not_an_option" && field === "faults.rules[0].kind",
      JSON.stringify(body),
    );
    const broken = await fetch(`${url}/faults`, { method: "POST", body: "{" });
    expect(broken.status === 400 && (await broken.json()).error.code === "malformed_json", broken.status);
    expect((await pay(id)).status === 500, "the old faults");
  });
});

await check("a client that gives up waiting leaves the server as it was", async () => {
  await withSandbox("--port 0", async ({ create, pay, setFaults, printed }) => {
    const id = await create();
    await setFaults({ rules: [{ kind: "hang", route: "pay" }] });
    const error = await pay(id, { signal: AbortSignal.timeout(200) }).catch((error) => error);
    expect(error.name === "TimeoutError", error);
    expect((await pay(id)).status === 200, "the next one");
    await until(() => printed().includes("/paylov/servicePayment/pay/ the client gave up"), printed);
  });
});

await check("a page may ask directly", async () => {
  await withSandbox("--port 0", async ({ url }) => {
    const origin = "https://shop.example";
    const asked = {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "api-key,content-type",
    };
    const preflight = await fetch(`${url}/paylov/servicePayment/pay/`, { method: "OPTIONS", headers: asked });
    expect(preflight.status === 204, preflight.status);
    expect(preflight.headers.get("access-control-allow-headers") === "api-key,content-type", "headers");
    expect(preflight.headers.get("access-control-allow-methods").includes("POST"), "methods");
    for (const path of ["/paylov/servicePayment/list/", "/ledger", "/nothing"]) {
      const response = await fetch(url + path, { headers: { origin } });
      expect(response.headers.get("access-control-allow-origin") === "*", path);
    }
  });
});

await check("what is asked is printed without its secrets", async () => {
  await withSandbox("--port 0", async ({ url, create, printed }) => {
    await create({ "api-key": "secret-key" });
    await fetch(`${url}/paylov/servicePayment/transaction/status/?transactionId=secret-id`);
    await until(() => printed().includes("GET /paylov/servicePayment/transaction/status/ 400"), printed);
    expect(printed().includes("POST /paylov/servicePayment/create/ 200"), printed());
    expect(!/secret|901234567/.test(printed()), printed());
  });
});

await check("what is too long or cannot be read is refused", async () => {
  await withSandbox("--port 0", async ({ url }) => {
    const tooLong = await fetch(`${url}/paylov/servicePayment/pay/`, {
      method: "POST",
      body: "x".repeat(1_000_001),
    });
    expect(tooLong.status === 413, tooLong.status);
    expect((await fetch(`${url}/paylov/servicePayment/pay/`)).status === 405, "another method");
    expect((await fetch(`${url}/ledger`, { method: "DELETE" })).status === 404, "another use of a path");
  });
});

await check("a port that is taken is named", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  const { status, error } = await ended(`sandbox --port ${port}`);
  server.close();
  expect(status === 1, status);
  expect(error.includes(`port ${port} of 127.0.0.1 is taken; choose another one with --port`), error);
});

for (const [given, told] of [
  ["", "the command is: tiyin sandbox"],
  ["serve", "the command is: tiyin sandbox"],
  ["sandbox more", "the command is: tiyin sandbox"],
  ["sandbox --prot 5", "Unknown option '--prot'"],
  ["sandbox --port", "argument missing"],
  ["sandbox --port http", "--port is a whole number"],
  ["sandbox --port 65536", "--port is 0 to 65535"],
  ["sandbox --seed 1.5", "--seed is a whole number"],
  ["sandbox --seed 9007199254740992", "seed: beyond what is accepted"],
  ["sandbox --auth yes", "auth: none of the accepted words: required, none"],
]) {
  await check(`"tiyin ${given}" is told what is wrong`, async () => {
    const { status, output, error } = await ended(given);
    expect(status === 2 && output === "", status);
    expect(error.includes(told) && error.includes("See: tiyin --help"), error);
  });
}

await check("a host that is none is named", async () => {
  const { status, error } = await ended("sandbox --port 0 --host 256.0.0.1");
  expect(status === 1 && error.includes("cannot listen on 256.0.0.1:0"), error);
});

await check("help is printed on request", async () => {
  for (const given of ["--help", "sandbox -h"]) {
    const { status, output, error } = await ended(given);
    expect(status === 0 && output.startsWith("Usage: tiyin sandbox"), error);
    for (const option of ["--port", "--host", "--seed", "--auth", "/ledger", "/faults"]) {
      expect(output.includes(option), option);
    }
  }
});

for (const { name, error } of failures) console.log(`sandbox: FAILED ${name}\n    ${error.stack}`);
await finishProject(project, failures.length > 0);
console.log(`sandbox: ${checks.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;

async function check(name, body) {
  checks.push(name);
  try {
    await body();
  } catch (error) {
    failures.push({ name, error });
  }
}

function expect(holds, told) {
  if (!holds) throw new Error(`not as expected: ${told}`);
}

/** Runs the command while `use` runs, which gets ways to talk to it. */
async function withSandbox(options, use) {
  const { child, printed } = start(`sandbox ${options}`);
  try {
    await until(() => LINE.test(printed()) || child.exitCode !== null, printed);
    const [, url] = LINE.exec(printed()) ?? [];
    if (!url) throw new Error(`it did not start: ${printed()}`);
    await use({ ...waysTo(url), url, printed });
  } finally {
    await stop(child);
  }
}

function waysTo(url) {
  const post = (path, body, { headers, ...init } = {}) =>
    answerOf(
      fetch(url + path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
        ...init,
      }),
    );
  return {
    get: (path) => answerOf(fetch(url + path)),
    create: (headers) => createBy(fetch, url, headers),
    pay: (transactionId, init) => post("/paylov/servicePayment/pay/", { transactionId, cardId: CARD }, init),
    setFaults: (faults) => post("/faults", faults),
  };
}

async function createBy(fetch, url, headers) {
  const response = await fetch(`${url}/paylov/servicePayment/create/`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(ORDER),
  });
  return (await response.json()).result.transactionId;
}

async function answerOf(promise) {
  const response = await promise;
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** The command until it ends by itself. */
async function ended(given) {
  const { child, output, error } = start(given);
  const timer = setTimeout(() => stop(child), PATIENCE_MS);
  const [status] = await once(child, "close");
  clearTimeout(timer);
  return { status, output: output(), error: error() };
}

function start(given) {
  const child = spawn(`npx tiyin ${given}`, {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    shell: true,
    detached: true,
  });
  const [output, error] = [child.stdout, child.stderr].map((stream) => {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString();
  });
  return { child, output, error, printed: () => output() + error() };
}

/** The shell, npx and the server are one group of processes. */
async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, "SIGKILL");
  await once(child, "close");
}

async function until(isSo, told) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`it took too long: ${told()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
