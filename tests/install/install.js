// Installs the packed package as a user would, into a throw-away project outside the repository.

import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const PACKAGES = fileURLToPath(new URL("../../pkg/", import.meta.url));
const QUIETLY = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
const run = promisify(execFile);

/**
 * Creates a project in the temporary folder, with the tarball of `pkg/` installed, and returns its path.
 * For the package nothing is fetched, as it has no dependencies; a template's own are what its package-lock.json says.
 */
export async function installPackage(template) {
  const tarball = await findTarball();
  const project = await mkdtemp(join(tmpdir(), "tiyin-project-"));
  if (template) {
    await cp(template, project, { recursive: true });
    await run("npm", ["ci", ...QUIETLY], { cwd: project });
  } else {
    await writeFile(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  }
  await run("npm", ["install", tarball, "--offline", ...QUIETLY], { cwd: project });
  return project;
}

/** Removes the project, or keeps it and prints where it is when something in it failed. */
export async function finishProject(project, failed) {
  if (failed) {
    console.log(`project kept: ${project}`);
  } else {
    await rm(project, { recursive: true, force: true });
  }
}

async function findTarball() {
  const names = await readdir(PACKAGES).catch(() => []);
  const tarballs = names.filter((name) => /^tiyin-.*\.tgz$/.test(name));
  if (tarballs.length !== 1) {
    throw new Error(`expected one tiyin-*.tgz in pkg/, found ${tarballs.length}: build the package first`);
  }
  return join(PACKAGES, tarballs[0]);
}
