// The example pages, set up as their READMEs say and used in Chromium: whatever the payer does, a bill is paid once.
//
//   node tests/example-pages/check.js

import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { run, withProgram } from "../consumers/programs.js";
import { check, finish } from "../e2e/report.js";
import { launchChromium } from "../install/chromium.js";
import { finishProject, installPackage } from "../install/install.js";
import { withServer } from "../install/server.js";
import { Payer } from "./payer.js";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));
// Where the plain page expects its provider.
const PLAIN_PROVIDER = "http://127.0.0.1:8788";

const browser = await launchChromium();
let hasFailed = false;
try {
  const react = await installPackage(`${EXAMPLES}react`);
  await check("the React page is built", () => run(react, "vite build"));
  await withSandbox(react, (sandbox) =>
    withProgram(react, `SANDBOX=${sandbox} vite preview --port`, (url) => usePage("React", url, sandbox)),
  );
  await finishProject(react, hasFailed);

  const plain = await installPackage();
  await cp(`${EXAMPLES}html`, plain, { recursive: true });
  await withSandbox(plain, (sandbox) => withServer(plain, (url) => usePage("plain", url, sandbox)));
  await finishProject(plain, hasFailed);
} finally {
  await browser.close();
}
process.exitCode = finish("example pages") ? 0 : 1;

function withSandbox(project, use) {
  return withProgram(project, "tiyin sandbox --port", (url) => use(url.replace(/\/$/, "")));
}

async function usePage(kind, url, sandbox) {
  const does = async (what, action) => {
    const context = await browser.newContext({ locale: "en-US" });
    context.setDefaultTimeout(15_000);
    // The plain page asks the sandbox itself.
    await context.route(`${PLAIN_PROVIDER}/**`, (route) =>
      route.continue({ url: route.request().url().replace(PLAIN_PROVIDER, sandbox) }),
    );
    const payer = new Payer(await context.newPage(), url, sandbox);
    const held = await check(`${kind}: ${what}`, async () => {
      await payer.open();
      await action(payer);
      payer.expectNoTroubles();
    });
    hasFailed ||= !held;
    await context.close();
  };

  await does("a bill is paid, once", async (payer) => {
    await payer.create();
    await payer.confirm("111111");
    await payer.expectResult("Paid.");
    await payer.expectMovements(1);
  });
  await does("two clicks pay once", async (payer) => {
    await payer.faults([{ kind: "delay", route: "pay", ms: 500 }]);
    await payer.create();
    await payer.confirm("111111", { clicks: 2 });
    await payer.expectResult("Paid.");
    await payer.expectMovements(1);
  });
  await does("a lost answer is asked for", async (payer) => {
    await payer.faults([{ kind: "drop_after", route: "pay" }]);
    await payer.create();
    await payer.confirm("111111");
    await payer.expectResult("Paid.");
    await payer.expectMovements(1);
  });
  await does("a reload in the middle pays once", async (payer) => {
    await payer.faults([{ kind: "delay", route: "pay", ms: 3000 }]);
    await payer.create();
    await payer.confirm("111111");
    await payer.reloadOncePaid();
    await payer.expectResult("Paid.");
    await payer.expectMovements(1);
  });
  await does("a wrong code can be typed again", async (payer) => {
    await payer.create();
    await payer.confirm("222222");
    await payer.expectMovements(0);
    await payer.confirmAgain("111111");
    await payer.expectResult("Paid.");
    await payer.expectMovements(1);
  });
  await does("what is wrong is said before anything is created", async (payer) => {
    await payer.create({ phone: "12", amount: "5000" });
    await payer.expectRefusal(/Some fields are|number of characters/);
    await payer.create({ phone: "901234567", amount: "5000,50" });
    await payer.expectRefusal("whole soʻm");
    await payer.expectMovements(0);
  });
}
