// Runs the suite in a page of headless Chromium.

import { launchChromium } from "../install/chromium.js";
import { runInPage } from "./page.js";
import { main } from "./runner.js";

await main("chromium", (project) => runInPage(project, launchChromium));
