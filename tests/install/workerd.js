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
export async function askWorker(scriptPath) {
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
    const response = await miniflare.dispatchFetch("http://worker.example/");
    if (!response.ok) throw new Error(`the worker answered ${response.status}: ${await response.text()}`);
    return await response.json();
  } finally {
    await miniflare.dispose();
  }
}
