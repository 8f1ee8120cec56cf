// The zod peer with its schema compiled, as zod's documentation advises for hot paths where eval is allowed.

import * as z from "zod";

import { plainLink } from "./plain-link.js";
import { order } from "./zod-link.js";

const compiled = z.compile(order, { strict: true });

export function compiledZodLink(value) {
  return plainLink(compiled.parse(value));
}
