#!/usr/bin/env node
// `npx tiyin sandbox`: the sandbox as a server on this machine, for programs in any language and for pages.

import { createServer } from "node:http";
import { parseArgs } from "node:util";

import { createSandbox, isTiyinError } from "./sandbox.js";

const USAGE = `Usage: tiyin sandbox [options]

Simulates the payment providers. Nothing in it is real, and nothing is kept when it ends.

  --port <number>       where to listen, 8788 without it; 0 takes any free port
  --host <name>         for whom to listen, 127.0.0.1 without it: this machine only
  --seed <number>       decides ids and random faults, 0 without it
  --auth none|required  whether requests need a key or credentials, none without it
  -h, --help            this text

A client's base URL is the printed address and /paylov or /bank. Besides, there are

  GET  /ledger          every movement of money
  POST /faults          what goes wrong from now on: {"rules":[{"kind":"drop_after","route":"pay"}]}
`;

const OPTIONS = {
  port: { type: "string", default: "8788" },
  host: { type: "string", default: "127.0.0.1" },
  seed: { type: "string", default: "0" },
  auth: { type: "string", default: "none" },
  help: { type: "boolean", short: "h" },
};
const LARGEST_PORT = 65535;
const LARGEST_BODY = 1000000;
const [FAILURE, MISUSE] = [1, 2];

main(process.argv.slice(2));

function main(args) {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (values.help) {
      process.stdout.write(USAGE);
      return;
    }
    if (positionals.join(" ") !== "sandbox") throw new Error("the command is: tiyin sandbox");
    const port = whole("port", values.port);
    if (port < 0 || port > LARGEST_PORT) throw new Error(`--port is 0 to ${LARGEST_PORT}`);
    serve(createSandbox({ seed: whole("seed", values.seed), auth: values.auth }), port, values.host);
  } catch (error) {
    end(MISUSE, `${error.message.split(". ")[0]}\nSee: tiyin --help`);
  }
}

function whole(name, text) {
  if (!/^-?\d+$/.test(text)) throw new Error(`--${name} is a whole number`);
  return Number(text);
}

function serve(sandbox, port, host) {
  const server = createServer((incoming, outgoing) => {
    answer(sandbox, incoming, outgoing).catch((error) => {
      // A client that has gone needs no answer.
      if (!outgoing.destroyed && !outgoing.headersSent) sendError(outgoing, 500, "internal", error.message);
    });
  });
  server.on("error", ({ code, message }) => {
    if (code === "EADDRINUSE")
      end(FAILURE, `port ${port} of ${host} is taken; choose another one with --port`);
    else end(FAILURE, `cannot listen on ${host}:${port}: ${message}`);
  });
  server.listen(port, host, () => {
    const { address, family, port } = server.address();
    const name = family === "IPv6" ? `[${address}]` : address;
    process.stdout.write(`tiyin sandbox on http://${name}:${port}\n`);
  });
}

function end(status, message) {
  process.stderr.write(`tiyin: ${message}\n`);
  process.exitCode = status;
}

async function answer(sandbox, incoming, outgoing) {
  const { method, url, headers } = incoming;
  const [path] = url.split("?");
  const asked = `${method} ${path}`;
  // Browsers send again by themselves what was lost on a connection that had been in use: another charge that no fault asked for.
  outgoing.setHeader("connection", "close");
  // Any page may ask: there is nothing to protect.
  outgoing.setHeader("access-control-allow-origin", "*");
  outgoing.setHeader("access-control-expose-headers", "retry-after");
  if (method === "OPTIONS" && headers["access-control-request-method"]) return allow(incoming, outgoing);
  const body = await read(incoming);
  if (!body) return sendError(outgoing, 413, "too_long", `a body has at most ${LARGEST_BODY} bytes`);
  if (asked === "GET /ledger") return send(outgoing, 200, sandbox.ledger());
  if (asked === "POST /faults") return setFaults(sandbox, body, outgoing);
  // What is printed has no query, header or body: keys and codes are in those.
  return pass(sandbox, incoming, body, outgoing).then((end) => process.stdout.write(`${asked} ${end}\n`));
}

/** Whether the page may send what its browser asks to send. */
function allow({ headers }, outgoing) {
  outgoing.setHeader("access-control-allow-methods", "GET, POST");
  outgoing.setHeader("access-control-allow-headers", headers["access-control-request-headers"] ?? "");
  outgoing.setHeader("access-control-allow-private-network", "true");
  outgoing.writeHead(204).end();
}

async function read(incoming) {
  const chunks = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += chunk.length;
    if (length <= LARGEST_BODY) chunks.push(chunk);
  }
  return length <= LARGEST_BODY ? Buffer.concat(chunks) : undefined;
}

function setFaults(sandbox, body, outgoing) {
  try {
    sandbox.setFaults(JSON.parse(body.toString()));
    outgoing.writeHead(204).end();
  } catch (error) {
    const { code = "malformed_json", message, field } = error;
    sendError(outgoing, 400, code, message, field);
  }
}

/** Asks the sandbox, and says how it ended. */
async function pass(sandbox, incoming, body, outgoing) {
  const controller = new AbortController();
  outgoing.on("close", () => controller.abort());
  const request = requestOf(incoming, body, controller.signal);
  if (!request) {
    sendError(outgoing, 400, "malformed_request", "the request cannot be read");
    return 400;
  }
  try {
    const response = await sandbox.fetch(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
    return response.status;
  } catch (error) {
    if (isTiyinError(error)) throw error;
    incoming.socket.destroy();
    return controller.signal.aborted ? "the client gave up" : "the connection is dropped";
  }
}

/** The request as `fetch` takes it; nothing where it does not. */
function requestOf({ method, url, headers }, body, signal) {
  const isBare = method === "GET" || method === "HEAD";
  try {
    const known = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    return new Request(`http://sandbox${url}`, {
      method,
      headers: known,
      body: isBare ? undefined : body,
      signal,
    });
  } catch {
    return undefined;
  }
}

function sendError(outgoing, status, code, message, field) {
  send(outgoing, status, { error: { code, message, field } });
}

function send(outgoing, status, value) {
  outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
