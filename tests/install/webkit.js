// WebKit, Safari's engine, over WebDriver.

import { spawn } from "node:child_process";
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "./port.js";

/** Starts the driver that WEBKIT_DRIVER names, or Debian's, on a screen that nobody sees. */
export async function startWebKitDriver() {
  const screen = process.env.XVFB_RUN || "/usr/bin/xvfb-run";
  const program = process.env.WEBKIT_DRIVER || "/usr/bin/WebKitWebDriver";
  const browser = process.env.WEBKIT || (await debianBrowser());
  for (const path of [screen, program, browser]) {
    await access(path).catch(() => {
      throw new Error(
        `nothing at ${path}: install webkit2gtk-driver and xvfb, or set XVFB_RUN, WEBKIT_DRIVER and WEBKIT`,
      );
    });
  }
  const port = await freePort();
  // As root and without a graphics card neither the sandbox nor compositing starts.
  const env = {
    ...process.env,
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    WEBKIT_DISABLE_COMPOSITING_MODE: "1",
  };
  const child = spawn(screen, ["-a", program, `--port=${port}`], { env, stdio: "ignore", detached: true });
  const failed = new Promise((_, reject) => child.once("error", reject));
  const send = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body && JSON.stringify(body),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebDriver ${path}: ${value?.error}: ${value?.message}`);
    return value;
  };
  await Promise.race([failed, untilReady(send)]);
  return {
    async openSession() {
      const options = { binary: browser, args: ["--automation"] };
      const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": options } };
      const { sessionId } = await send("POST", "/session", { capabilities });
      return { send: (method, path, body) => send(method, `/session/${sessionId}/${path}`, body) };
    },
    async stop() {
      // The screen and the browser belong to the same group of processes.
      process.kill(-child.pid, "SIGTERM");
    },
  };
}

/** The driver's package brings a small browser, in a folder named after the processor. */
async function debianBrowser() {
  const folders = await readdir("/usr/lib").catch(() => []);
  const folder = folders.find((name) => name.endsWith("-linux-gnu")) ?? "x86_64-linux-gnu";
  return join("/usr/lib", folder, "webkit2gtk-4.1/MiniBrowser");
}

async function untilReady(send) {
  for (let attempt = 0; attempt < 100; attempt++) {
    const status = await send("GET", "/status").catch(() => undefined);
    if (status?.ready) return;
    await delay(100);
  }
  throw new Error("WebKit's driver did not start within ten seconds");
}
