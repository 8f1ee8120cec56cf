// Runs the suite in a page of headless Firefox.

import { launchFirefox } from "../install/firefox.js";
import { runInPage } from "./page.js";
import { main } from "./runner.js";

await main("firefox", (project) => runInPage(project, launchFirefox));
