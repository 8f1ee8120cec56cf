// A fresh Node process, from nothing to the first link: the whole process as its parent sees it, and of that what the
// import and the first call take. An empty process gives the part that no package can change.

import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { interleave } from "../measure/interleave.js";
import { line } from "../measure/line.js";
import { figureRow, ratioRow } from "../measure/rows.js";
import { typicalOrders } from "../orders.js";

const PEER = new URL("../peers/zod-link.js", import.meta.url).href;

await line(async ({ project, effort }) => {
  const ours = join(project, "first-link.js");
  const peer = join(project, "first-link-with-zod.js");
  await writeFile(ours, programOf("tiyin/checkout", "checkoutLink"));
  await writeFile(peer, programOf(PEER, "zodLink"));
  checkSame(run(ours).answer, run(peer).answer);

  const runs = await interleave(effort(51, 15), {
    ours: () => run(ours),
    peer: () => run(peer),
    empty: () => run("-e", ""),
  });
  const of = (figure) => ({ ours: runs.ours.map(figure), peer: runs.peer.map(figure) });
  return [
    ratioRow(
      "fresh Node process to its first link",
      "zod",
      of(({ ms }) => ms),
      { target: 1 },
    ),
    ratioRow(
      "… of that, import and first call",
      "zod",
      of(({ answer }) => answer.ms),
    ),
    figureRow(
      "… of that, an empty process",
      runs.empty.map(({ ms }) => ms),
    ),
  ];
});

function programOf(module, name) {
  return `const began = performance.now();
const { ${name} } = await import(${JSON.stringify(module)});
const link = ${name}(${JSON.stringify(typicalOrders(1)[0])});
process.stdout.write(JSON.stringify({ ms: performance.now() - began, link }));
`;
}

/** Runs Node, and gives the time from its start to its end and what it printed. */
function run(...args) {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const ms = performance.now() - began;
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed: ${stderr}`);
  return { ms, answer: stdout && JSON.parse(stdout) };
}

function checkSame(our, other) {
  if (our.link !== other.link) throw new Error(`ours made ${our.link}, the peer ${other.link}`);
}
