// A worker in workerd, Cloudflare's runtime, by Miniflare.

import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

/** Bundles a project's worker as Wrangler bundles one, and returns the script's path. */
export async function bundleWorker(project, file) {
  const outdir = join(project, "worker");
  await build({
    entryPoints: [join(project, file)],
    outdir,
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    logLevel: "error",
  });
  return join(outdir, basename(file));
}

/** What a bundled worker answers to a request, which must be JSON. */
export function askWorker(scriptPath) {
  return withWorker(scriptPath, async (ask) => {
    const response = await ask();
    if (!response.ok) throw new Error(`the worker answered ${response.status}: ${await response.text()}`);
    return response.json();
  });
}

/** Runs a bundled worker while `use(ask)` runs, and returns what that returns. */
export async function withWorker(scriptPath, use) {
  const miniflare = new Miniflare({
    modules: true,
    modulesRoot: dirname(scriptPath),
    scriptPath,
    modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
    compatibilityDate: "2026-04-01",
    // Otherwise it asks Cloudflare where it is.
    cf: false,
  });
  try {
    await miniflare.ready;
    return await use(() => miniflare.dispatchFetch("http://worker.example/"));
  } finally {
    await miniflare.dispose();
  }
}
