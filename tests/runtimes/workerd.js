// Runs the suite in workerd, Cloudflare's runtime.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { askWorker, bundleWorker } from "../install/workerd.js";
import { main } from "./runner.js";

const WORKER = `import { run } from "./suite/all.js";
export default { fetch: async () => Response.json(await run()) };
`;

await main("workerd", async (project) => {
  await writeFile(join(project, "worker.js"), WORKER);
  return askWorker(await bundleWorker(project, "worker.js"));
});
