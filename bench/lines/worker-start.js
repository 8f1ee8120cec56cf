// What the first signed link costs a fresh worker in workerd. A worker's own clock stands still while it runs, so requests are
// timed from outside: how much longer the first takes than the next, beyond what that is in a worker that does nothing.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { bundleWorker, withWorker } from "../../tests/install/workerd.js";
import { interleave } from "../measure/interleave.js";
import { line } from "../measure/line.js";
import { figureRow } from "../measure/rows.js";
import { typicalOrders } from "../orders.js";

const OURS = `import { LinkSigner } from "tiyin/sign";
const order = ${JSON.stringify(typicalOrders(1)[0])};
const sign = () =>
  new LinkSigner([{ id: "k", secret: new Uint8Array(32) }]).sign(order, { expiresAt: 1790000000000 });
export default { fetch: () => new Response(sign()) };
`;
const BARE = `export default { fetch: () => new Response("nothing") };
`;

await line(async ({ project, effort }) => {
  const [ours, bare] = [await worker(project, "ours.js", OURS), await worker(project, "bare.js", BARE)];
  const figures = await interleave(effort(25, 9), {
    ours: () => withWorker(ours, extraOfFirst),
    bare: () => withWorker(bare, extraOfFirst),
  });
  const differences = figures.ours.map((figure, index) => figure - figures.bare[index]);
  return [figureRow("a fresh worker's first signed link", differences, 5)];
});

async function worker(project, name, text) {
  await writeFile(join(project, name), text);
  return bundleWorker(project, name);
}

async function extraOfFirst(ask) {
  const first = await timed(ask);
  const next = await timed(ask);
  return first - next;
}

async function timed(ask) {
  const began = performance.now();
  const response = await ask();
  await response.text();
  return performance.now() - began;
}
