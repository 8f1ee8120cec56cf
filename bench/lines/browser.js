// The first call in a fresh page of Chromium whose processor is slowed down to a quarter: the module is compiled, started
// and called. The import is not counted.

import { once } from "node:events";
import { access, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join, relative } from "node:path";
import { chromium } from "playwright-core";
import sirv from "sirv";

import { fileOf } from "../entry.js";
import { line } from "../measure/line.js";
import { figureRow } from "../measure/rows.js";
import { typicalOrders } from "../orders.js";
import { plainLink } from "../peers/plain-link.js";

const SLOWDOWN = 4;
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

await line(async ({ project, effort }) => {
  const [order] = typicalOrders(1);
  const entry = `/${relative(project, fileOf("tiyin/checkout", project))}`;
  const [server, browser] = [await serve(project), await launch()];
  const address = `http://127.0.0.1:${server.address().port}/page.html`;
  const calls = [];
  try {
    for (let page = 0; page < effort(31, 15); page++)
      calls.push(await firstCall(browser, address, entry, order));
  } finally {
    await browser.close();
    server.close();
  }
  const wrong = calls.find(({ link }) => link !== plainLink(order));
  if (wrong) throw new Error(`a page made ${wrong.link}`);
  return [
    figureRow(
      `first call in Chromium ${browser.version()}, ${SLOWDOWN}× slower`,
      calls.map(({ ms }) => ms),
      15,
    ),
  ];
});

async function launch() {
  const executablePath = process.env.CHROME ?? "/usr/bin/chromium";
  await access(executablePath).catch(() => {
    throw new Error(`no Chromium at ${executablePath}: install chromium, or set CHROME to a browser's path`);
  });
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

async function serve(project) {
  await writeFile(join(project, "page.html"), '<!doctype html><meta charset="utf-8">');
  const server = createServer(sirv(project, { dev: true })).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** A context of its own shares no compiled code with the pages before. */
async function firstCall(browser, address, entry, order) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await page.goto(address);
  const call = await page.evaluate(
    async ([entry, order]) => {
      const { checkoutLink } = await import(entry);
      const began = performance.now();
      const link = checkoutLink(order);
      return { ms: performance.now() - began, link };
    },
    [entry, order],
  );
  await context.close();
  return call;
}
