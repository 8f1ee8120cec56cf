// One link a call and many in one call in a page of Chromium, against the same peers as in Node: the same engine with other
// implementations of URLSearchParams, btoa and what carries text to WebAssembly.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

import { fileOf } from "../entry.js";
import { inChromium } from "../measure/chromium.js";
import { line } from "../measure/line.js";
import { ratioRow } from "../measure/rows.js";

await line(async ({ project, effort }) => {
  await bundlePage(project);
  const { one, many } = await inChromium(project, async (browser, address) => {
    const page = await browser.newPage();
    await page.goto(address);
    return page.evaluate(async (pairs) => (await import("/in-page.js")).measure(pairs), effort(101, 25));
  });
  return [
    ratioRow("one validated link in Chromium", "zod", one, { peer: "zod", target: 0.6 }),
    ratioRow("one validated link in Chromium", "unvalidated", one, { peer: "plain", target: 1.1 }),
    ratioRow("10,000 links in one call in Chromium", "plain loop", many, { target: 0.8 }),
  ];
});

/** The package of the project and the peers of this folder, as one script beside the page. */
function bundlePage(project) {
  return esbuild.build({
    entryPoints: [fileURLToPath(new URL("../measure/in-page.js", import.meta.url))],
    alias: { "tiyin/checkout": fileOf("tiyin/checkout", project) },
    bundle: true,
    format: "esm",
    charset: "utf8",
    outfile: join(project, "in-page.js"),
    logLevel: "error",
  });
}
