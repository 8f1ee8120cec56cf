// Runs the suite in this Node.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { main } from "./runner.js";

await main("node", async (project) => {
  const { run } = await import(pathToFileURL(join(project, "suite/all.js")).href);
  return run();
});
