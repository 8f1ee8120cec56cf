// Runs the suite in Bun.

import { runPrinted } from "./printed.js";
import { main } from "./runner.js";

await main("bun", (project) => runPrinted(project, "bun", ["run"]));
