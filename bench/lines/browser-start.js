// The first call in a fresh page of Chromium whose processor is slowed down to a quarter: the module is compiled, started
// and called. The import is not counted.

import { relative } from "node:path";

import { fileOf } from "../entry.js";
import { inChromium } from "../measure/chromium.js";
import { line } from "../measure/line.js";
import { figureRow } from "../measure/rows.js";
import { typicalOrders } from "../orders.js";
import { plainLink } from "../peers/plain-link.js";

const SLOWDOWN = 4;

await line(async ({ project, effort }) => {
  const [order] = typicalOrders(1);
  const entry = `/${relative(project, fileOf("tiyin/checkout", project))}`;
  const calls = await inChromium(project, async (browser, address) => {
    const calls = [];
    for (let page = 0; page < effort(31, 15); page++)
      calls.push(await firstCall(browser, address, entry, order));
    return calls;
  });
  const wrong = calls.find(({ link }) => link !== plainLink(order));
  if (wrong) throw new Error(`a page made ${wrong.link}`);
  const times = calls.map(({ ms }) => ms);
  return [figureRow(`first call in Chromium, ${SLOWDOWN}× slowed down`, times, 15)];
});

/** A context of its own shares no compiled code with the pages before. */
async function firstCall(browser, address, entry, order) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await page.goto(address);
  const call = await page.evaluate(callFirst, [entry, order]);
  await context.close();
  return call;
}

/** Runs in the page. */
async function callFirst([entry, order]) {
  const { checkoutLink } = await import(entry);
  const began = performance.now();
  const link = checkoutLink(order);
  return { ms: performance.now() - began, link };
}
