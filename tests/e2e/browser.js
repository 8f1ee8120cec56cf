// Opens the page in a fresh context, and keeps account of everything that goes wrong there and of every control in it.

import { watchControls } from "./controls.js";

const CHECKOUT = "https://my.paylov.uz/**";

export const troubles = [];

function reportViolations() {
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    console.error(`CSP violation: ${violatedDirective} ${blockedURI}`);
  });
}

function watchTroubles(context, isExpected) {
  const note = (text) => {
    if (!isExpected(text)) troubles.push(text);
  };
  context.on("console", (message) => {
    if (["error", "warning", "assert"].includes(message.type()))
      note(`console ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => note(`page error: ${error.error()?.message}`));
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Leaving or closing a page ends what it was still loading; nothing is wrong with that.
    if (reason !== "net::ERR_ABORTED") note(`request failed: ${request.url()} ${reason}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) note(`response ${response.status()}: ${response.url()}`);
  });
}

/**
 * A page of its own. `expected` tells which troubles this page is meant to have; `prepare` may set routes and scripts
 * before the page is loaded.
 */
export async function openPage(browser, url, options = {}) {
  const { width = 1440, height = 900, scheme = "light", locale = "uz-UZ", clipboard = true } = options;
  const { expected = () => false, prepare = () => {}, javaScriptEnabled = true } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale,
    javaScriptEnabled,
  });
  context.setDefaultTimeout(5000);
  watchTroubles(context, expected);
  if (clipboard)
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(url).origin });
  await context.route(CHECKOUT, (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>Paylov</title>" }),
  );
  await context.addInitScript(reportViolations);
  await watchControls(context);
  const page = await context.newPage();
  await prepare(page, context);
  await page.goto(url);
  if (javaScriptEnabled) await started(page);
  return page;
}

/** Holds back the answers to some requests until what it returns is called. */
export async function holdBack(page, pattern) {
  let release;
  const released = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(pattern, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Waits until the module has answered, with a link or with a failure. */
export async function started(page) {
  const settled = () =>
    document.documentElement.lang !== "" &&
    (!document.getElementById("failure").hidden ||
      !document.getElementById("result-ready").hidden ||
      document.getElementById("problems").childElementCount > 0);
  await page.waitForFunction(settled);
}
