// Compiles usage.ts, usage-exact.ts, usage-platform.ts and wrong.ts against the installed package's types, and reads the types as an editor
// shows them.

import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { finishProject, installPackage } from "../install/install.js";
import { docComment, publicDeclarations } from "./declarations.js";
import { compareErrors } from "./expected-errors.js";
import { compareReport } from "./report.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, "../../node_modules");
const TSC = join(MODULES, ".bin/tsc");

const RESOLUTIONS = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};
// What a program may know of besides the language. The last two declare globals of their own, which collide with the DOM's.
const ENVIRONMENTS = {
  "the language alone": { lib: ["es2022"], types: [] },
  DOM: { lib: ["es2022", "dom"], types: [] },
  "@types/node": { lib: ["es2022"], types: [join(MODULES, "@types/node")] },
  "@cloudflare/workers-types": { lib: ["es2022"], types: [join(MODULES, "@cloudflare/workers-types")] },
};

const DOCUMENTED = [
  ...[
    "som",
    "tiyin",
    "usd",
    "cents",
    "toMajor",
    "formatMoney",
    "parseMoney",
    "addMoney",
    "allocate",
    "percentOf",
  ],
  ...["convertMoney", "checkoutLink", "checkoutLinks", "parseCheckoutLink", "isTiyinError", "TiyinError"],
  "createSandbox",
  "describeError",
];
const MODULE_TYPES =
  /\bfree\s*\(|Symbol\.(d|asyncD)ispose|\bInit(Input|Output)\b|\binitSync\b|\bWebAssembly\b|__wb/;

const checks = [];
const failures = [];
let project;
try {
  project = await installPackage();
  await compileAll();
  await readDeclarations();
  for (const { name, problem } of await compareReport(join(project, "node_modules/tiyin")))
    check(name, problem);
} catch (error) {
  check("the types can be checked", error.stack);
}
for (const { name, problem } of failures) console.log(`types: FAILED ${name}\n    ${problem}`);
if (project) await finishProject(project, failures.length > 0);
console.log(`types: ${checks.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;

function check(name, problem) {
  checks.push(name);
  if (problem) failures.push({ name, problem });
}

async function compileAll() {
  for (const file of ["usage.ts", "usage-exact.ts", "usage-platform.ts", "wrong.ts"])
    await cp(join(HERE, file), join(project, file));
  const wrong = await readFile(join(HERE, "wrong.ts"), "utf8");
  for (const [resolution, options] of Object.entries(RESOLUTIONS)) {
    for (const [environment, known] of Object.entries(ENVIRONMENTS)) {
      const setting = `${resolution}, ${environment}`;
      const compiled = { ...options, ...known, target: "es2022" };
      const usage = await compile("usage.ts", compiled);
      check(`usage.ts compiles (${setting})`, usage.trim());
      const exact = await compile("usage-exact.ts", { ...compiled, exactOptionalPropertyTypes: true });
      check(`usage-exact.ts compiles (${setting})`, exact.trim());
      if (environment !== "the language alone") {
        const onPlatform = await compile("usage-platform.ts", compiled);
        check(`usage-platform.ts compiles (${setting})`, onPlatform.trim());
      }
      const errors = await compile("wrong.ts", compiled);
      for (const { name, problem } of compareErrors(wrong, errors)) check(`${name} (${setting})`, problem);
    }
  }
}

/** What tsc prints for one file: nothing where it compiles. */
async function compile(file, options) {
  const strict = { strict: true, skipLibCheck: false, noEmit: true, exactOptionalPropertyTypes: false };
  const config = { compilerOptions: { ...strict, ...options }, files: [file] };
  await writeFile(join(project, "tsconfig.json"), JSON.stringify(config));
  return new Promise((resolve, reject) => {
    execFile(TSC, ["--pretty", "false", "-p", project], { cwd: project }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") {
        reject(new Error(`tsc did not run: run npm ci in the repository's root (${error.message})`));
      } else if (error && !stdout) {
        reject(new Error(`tsc failed without an error to show: ${stderr}`));
      } else {
        resolve(stdout);
      }
    });
  });
}

async function readDeclarations() {
  const files = await publicDeclarations(join(project, "node_modules/tiyin"));
  for (const { path, text } of files) {
    const hit = MODULE_TYPES.exec(text);
    check(`${path} shows nothing of the module`, hit ? `it shows ${hit[0]}` : "");
  }
  for (const name of DOCUMENTED) {
    const comment = docComment(files, name);
    check(`${name} is declared`, comment === undefined ? "no public declaration file declares it" : "");
    check(`${name} has a doc comment`, comment ? "" : "there is none right before its declaration");
  }
  for (const name of DOCUMENTED.filter((candidate) => candidate !== "TiyinError")) {
    check(
      `${name} has an example`,
      /@example|```/.test(docComment(files, name) ?? "") ? "" : "its comment has none",
    );
  }
}
