// Every link of the documents to a file of this repository leads to one.

import { access, readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);
const FOLDERS = ["", "docs/", "docs/adr/", "bench/"];

let passed = 0;
const failed = [];
for (const folder of FOLDERS) {
  const names = await readdir(fileURLToPath(new URL(folder, ROOT)));
  for (const name of names.filter((name) => name.endsWith(".md"))) await checkDocument(folder + name);
}
for (const link of failed) console.log(`links: FAILED ${link}`);
console.log(`links: ${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function checkDocument(path) {
  const document = new URL(path, ROOT);
  const text = (await readFile(document, "utf8")).replace(/^```.*?^```$/gms, "");
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const file = new URL(target.split("#")[0] || path.split("/").at(-1), document);
    await access(file).then(
      () => passed++,
      () => failed.push(`${path} links to ${target}, which is not there`),
    );
  }
}
