// Drives every control of the demo's pages in real browsers and checks what comes out by value.
//
// node tests/e2e/demo.js --url http://127.0.0.1:8080/ --shots target/shots

import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";

import { launchChromium } from "../install/chromium.js";
import { checkAppearance } from "./check-appearance.js";
import { checkBill } from "./check-bill.js";
import { checkDecoder } from "./check-decoder.js";
import { checkEverything } from "./check-everything.js";
import { checkKeyboard } from "./check-keyboard.js";
import { checkLanguages } from "./check-languages.js";
import { checkMaker } from "./check-maker.js";
import { checkMemory } from "./check-memory.js";
import { checkModule } from "./check-module.js";
import { checkQr } from "./check-qr.js";
import { checkSigning } from "./check-signing.js";
import { checkTransfer } from "./check-transfer.js";
import { finish } from "./report.js";

const { values } = parseArgs({ options: { url: { type: "string" }, shots: { type: "string" } } });
if (!values.url || !values.shots) {
  console.error("usage: node tests/e2e/demo.js --url URL --shots DIR");
  process.exit(2);
}
mkdirSync(values.shots, { recursive: true });
const url = values.url.endsWith("/") ? values.url : `${values.url}/`;

const browser = await launchChromium();
try {
  await checkMaker(browser, url);
  await checkDecoder(browser, url);
  await checkQr(browser, url);
  await checkSigning(browser, url);
  await checkKeyboard(browser, url);
  await checkMemory(browser, url);
  await checkLanguages(browser, url);
  await checkAppearance(browser, url, values.shots);
  await checkModule(browser, url);
  await checkEverything();
} finally {
  await browser.close();
}
await checkBill(url, values.shots);
await checkTransfer(url, values.shots);
process.exit(finish("demo") ? 0 : 1);
