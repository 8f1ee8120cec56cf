// Runs the suite in a page of WebKit, Safari's engine.

import { startWebKitDriver } from "../install/webkit.js";
import { withPage } from "./page.js";
import { main } from "./runner.js";

const MINUTES = 60_000;

await main("webkit", (project) =>
  withPage(project, async (url) => {
    const driver = await startWebKitDriver();
    try {
      const session = await driver.openSession();
      await session.send("POST", "timeouts", { script: 10 * MINUTES, pageLoad: MINUTES });
      await session.send("POST", "url", { url });
      const script = `const done = arguments[0];
        import("/suite/all.js").then((suite) => suite.run()).then(
          (ran) => done(JSON.stringify(ran)), (error) => done(JSON.stringify({ error: String(error) })));`;
      const ran = JSON.parse(await session.send("POST", "execute/async", { script, args: [] }));
      if (ran.error) throw new Error(ran.error);
      return ran;
    } finally {
      await driver.stop();
    }
  }),
);
