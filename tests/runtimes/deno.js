// Runs the suite in Deno, which is given no permission at all.

import { runPrinted } from "./printed.js";
import { main } from "./runner.js";

await main("deno", (project) => runPrinted(project, "deno", ["run", "--no-prompt", "--no-remote"]));
