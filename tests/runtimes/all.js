// Runs every runner with one seed and checks that all of them ran the same number of tests.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const RUNNERS = ["node", "chromium"];

const seed = process.env.TIYIN_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
const totals = new Map();
let failed = false;
for (const name of RUNNERS) {
  const { status, total } = await runRunner(name);
  failed ||= status !== 0;
  totals.set(name, total);
}
const same = new Set(totals.values()).size === 1;
if (!same) console.log(`the runtimes ran different numbers of tests: ${JSON.stringify([...totals])}`);
process.exitCode = failed || !same ? 1 : 0;

async function runRunner(name) {
  const script = fileURLToPath(new URL(`${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, TIYIN_SEED: seed },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
    process.stdout.write(text);
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  const [, passed, failures] = /: (\d+) passed, (\d+) failed\n$/.exec(output) ?? [];
  return { status, total: Number(passed) + Number(failures) };
}
