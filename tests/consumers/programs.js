// Runs tools as a project's user types them.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../install/port.js";

const PROGRAMS = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));
const SECONDS = 1000;

// A test tells nobody that it runs, and asks nobody where it is or what is new.
const ALONE = {
  NO_COLOR: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

/** Runs a command line in a project, with the project's own programs or else the repository's. */
export async function run(project, commandLine) {
  const { child, printed } = start(project, commandLine);
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`${commandLine} (${status}): ${printed()}`);
}

/** Runs a server while `use(url)` runs, and returns what that returns. The command line ends with its option for a port. */
export async function withProgram(project, commandLine, use) {
  const port = await freePort();
  const { child, printed } = start(project, `${commandLine} ${port}`);
  try {
    const url = `http://localhost:${port}/`;
    await untilAnswering(url, child).catch((error) => {
      throw new Error(`${commandLine}: ${error.message}: ${printed()}`);
    });
    return await use(url);
  } finally {
    await stop(child);
  }
}

function start(project, commandLine) {
  const path = [join(project, "node_modules/.bin"), PROGRAMS, process.env.PATH].join(delimiter);
  const env = { ...process.env, ...ALONE, PATH: path };
  const stdio = ["ignore", "pipe", "pipe"];
  const child = spawn(commandLine, { cwd: project, env, stdio, shell: true, detached: true });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => chunks.push(chunk));
  return { child, printed: () => Buffer.concat(chunks).toString() };
}

/** The shell, the program and what it started are one group of processes; none may still write into the project. */
async function stop(child) {
  if (!isRunning(child)) return;
  process.kill(-child.pid, "SIGKILL");
  await once(child, "close");
}

async function untilAnswering(url, child) {
  const deadline = Date.now() + 60 * SECONDS;
  while (isRunning(child) && Date.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    if (response) return;
    await delay(SECONDS / 10);
  }
  throw new Error(isRunning(child) ? "no answer within a minute" : "it ended");
}

function isRunning({ exitCode, signalCode }) {
  return exitCode === null && signalCode === null;
}
