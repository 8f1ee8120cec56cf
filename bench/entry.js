import { createRequire } from "node:module";
import { join } from "node:path";

/** The file that an import of an entry loads in a project. */
export function fileOf(entry, project) {
  return createRequire(join(project, "package.json")).resolve(entry);
}
