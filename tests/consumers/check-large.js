// The same for consumers whose tools are large: each has a folder here with a lock of its own, from which npm installs them.
//
//   node tests/consumers/check-large.js

import { join } from "node:path";
import { finish } from "../e2e/report.js";
import { askWorker } from "../install/workerd.js";
import { openChromium } from "./browsers.js";
import { consumerWithTools, expectAnswers } from "./consumer.js";
import { run, withProgram } from "./programs.js";

const chromium = await openChromium();
try {
  await checkNext();
  await checkCloudflare();
  await checkVitest();
} finally {
  await chromium.close();
}
process.exitCode = finish("large consumers") ? 0 : 1;

async function checkNext() {
  const ask = (project, use) => withProgram(project, "next start --hostname localhost --port", use);
  await consumerWithTools("Next", "next", {
    "a client component": async (project) => {
      await run(project, "next build");
      await expectAnswers(project, await ask(project, chromium.ask));
    },
    "a page of the server": async (project) => {
      await expectAnswers(project, await ask(project, (url) => chromium.ask(`${url}server`)));
    },
    "a route handler": async (project) => {
      await expectAnswers(project, await ask(project, (url) => answerOf(`${url}route`)));
    },
  });
}

/** Wrangler comes first: once Vite has built, it deploys what Vite made. */
async function checkCloudflare() {
  await consumerWithTools("Cloudflare", "cloudflare", {
    "a worker bundled by Wrangler": async (project) => {
      await run(project, "wrangler deploy --dry-run --outdir bundled");
      await expectAnswers(project, await askWorker(join(project, "bundled/worker.js")));
    },
    "a worker built by Vite": async (project) => {
      await run(project, "vite build");
      await expectAnswers(project, await withProgram(project, "vite preview --port", answerOf));
    },
  });
}

async function checkVitest() {
  await consumerWithTools("Vitest", "vitest", {
    "a test with jsdom": (project) => run(project, "vitest run --environment jsdom"),
  });
}

async function answerOf(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}
