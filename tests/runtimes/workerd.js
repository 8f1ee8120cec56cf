// Runs the suite in workerd, Cloudflare's runtime, by Miniflare. Bundled as Wrangler bundles a worker.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { main } from "./runner.js";

await main("workerd", async (project) => {
  const worker = await bundle(project);
  const miniflare = new Miniflare({
    modules: true,
    modulesRoot: worker.folder,
    scriptPath: worker.script,
    modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
    compatibilityDate: "2026-04-01",
  });
  try {
    const response = await miniflare.dispatchFetch("http://worker.example/");
    if (!response.ok) throw new Error(`the worker answered ${response.status}: ${await response.text()}`);
    return await response.json();
  } finally {
    await miniflare.dispose();
  }
});

async function bundle(project) {
  const folder = join(project, "worker");
  const entry = join(project, "worker.js");
  await writeFile(
    entry,
    `import { run } from "./suite/all.js";
export default { fetch: async () => Response.json(await run()) };
`,
  );
  await build({
    entryPoints: [entry],
    outdir: folder,
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    logLevel: "error",
  });
  return { folder, script: join(folder, "worker.js") };
}
