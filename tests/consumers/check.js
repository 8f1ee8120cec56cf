// Whether the package works in the tools and under the rules that its users have: each consumer builds with the tool's
// default settings, and is then opened in a browser or called.
//
//   node tests/consumers/check.js

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { fileOf } from "../../bench/entry.js";
import { finish } from "../e2e/report.js";
import { withServer } from "../install/server.js";
import { askWorker, bundleWorker } from "../install/workerd.js";
import { browsers, openChromium } from "./browsers.js";
import { bundle, bundlers, costOf, MODULE, writePage } from "./bundlers.js";
import { consumer, expectAnswers, expectRefusals } from "./consumer.js";
import { withProgram } from "./programs.js";

const UNUSED_IMPORTS = [
  'import "tiyin/checkout";',
  'import { som } from "tiyin/checkout";',
  'import { LinkSigner } from "tiyin/sign";',
  'import { qrSvg } from "tiyin/qr";',
  'import { createSandbox } from "tiyin/sandbox";',
  'import { describeError } from "tiyin/messages";',
  'import { PaylovServices } from "tiyin";',
  'import { PaylovServices } from "tiyin/server";',
];
const UNUSED_LIMIT = 100;

const chromium = await openChromium();
try {
  for (const [name, bundler] of Object.entries(bundlers)) await checkBundler(name, bundler);
  await checkViteDevelopment();
  await checkWorker();
  await checkPageWithoutBundler();
  await checkPageWithoutCharset();
} finally {
  await chromium.close();
}
await checkPolicies();
process.exitCode = finish("consumers") ? 0 : 1;

async function checkBundler(name, bundler) {
  await consumer(name, {
    "a built page": async (project) => {
      await bundle(project, bundler);
      await expectAnswers(project, await bundler.serve(project, chromium.ask));
    },
    "an unused import": async (project) => {
      for (const unusedImport of UNUSED_IMPORTS) {
        const bytes = await costOf(unusedImport, project, bundler);
        if (bytes > UNUSED_LIMIT) throw new Error(`${unusedImport} adds ${bytes} bytes`);
      }
    },
  });
}

async function checkViteDevelopment() {
  await consumer("Vite", {
    "its development server": async (project) => {
      await writePage(project, MODULE);
      await expectAnswers(project, await withProgram(project, "vite --port", chromium.ask));
    },
  });
}

async function checkWorker() {
  await consumer("a worker", {
    "bundled as Wrangler does": async (project) => {
      await expectAnswers(project, await askWorker(await bundleWorker(project, "worker.js")));
    },
  });
}

async function checkPageWithoutBundler() {
  await consumer("a page of plain modules", {
    "without an import map": async (project) => {
      await writePlainPage(project);
      await expectAnswers(project, await withServer(project, chromium.ask));
    },
  });
}

/** A classic script takes its page's charset, which then is not UTF-8. */
async function checkPageWithoutCharset() {
  await consumer("a classic script without a charset", {
    "read as windows-1252": async (project) => {
      await bundle(project, bundlers.webpack);
      await writeFile(join(project, "index.html"), bundlers.webpack.script);
      await withServer(
        project,
        async (url) => {
          const charset = await chromium.charsetOf(url);
          if (charset !== "windows-1252") throw new Error(`the page is read as ${charset}`);
          await expectAnswers(project, await chromium.ask(url));
        },
        withoutCharset,
      );
    },
    "a character of the module lost": async (project) => {
      await loseCharacter(join(project, "dist/main.js"), project);
      const answers = await withServer(project, chromium.ask, withoutCharset);
      expectRefusals(answers, "module_corrupted", "serve it as published");
    },
  });
}

async function checkPolicies() {
  for (const [name, open] of Object.entries(browsers)) {
    const browser = await open();
    try {
      await checkPoliciesIn(name, browser);
    } finally {
      await browser.close();
    }
  }
}

async function checkPoliciesIn(name, browser) {
  const askUnder = (project, policy) =>
    withServer(project, browser.ask, (response) => response.setHeader("content-security-policy", policy));
  await consumer(`Content-Security-Policy in ${name}`, {
    "with 'wasm-unsafe-eval'": async (project) => {
      await writePlainPage(project);
      await expectAnswers(project, await askUnder(project, "script-src 'self' 'wasm-unsafe-eval'"));
    },
    "without it": async (project) => {
      const answers = await askUnder(project, "script-src 'self'");
      expectRefusals(answers, "wasm_unavailable", "'wasm-unsafe-eval'");
    },
  });
}

/** A page whose modules import the package's files by their paths. */
async function writePlainPage(project) {
  const script = join(project, "questions.js");
  const text = await readFile(script, "utf8");
  const path = (entry) => `./${relative(project, fileOf(entry, project))}`;
  await writeFile(
    script,
    text.replace(/ from "(tiyin[^"]*)"/g, (_, entry) => ` from "${path(entry)}"`),
  );
  await writePage(project, MODULE);
}

function withoutCharset(response, path) {
  response.setHeader("content-type", path.endsWith(".js") ? "text/javascript" : "text/html");
}

/** Of each module that the page uses. */
async function loseCharacter(bundled, project) {
  const folder = join(project, "node_modules/tiyin/wasm");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".bytes.js"));
  let text = await readFile(bundled, "utf8");
  for (const start of new Set(await Promise.all(names.map((name) => startOf(join(folder, name)))))) {
    if (!text.includes(start)) throw new Error("the bundle does not hold a module's text");
    text = text.replaceAll(start, start.slice(1));
  }
  await writeFile(bundled, text);
}

async function startOf(module) {
  const { bytes } = await import(pathToFileURL(module).href);
  return bytes.slice(0, 50);
}
