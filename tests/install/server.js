// A folder's files over HTTP.

import { once } from "node:events";
import { createServer } from "node:http";
import sirv from "sirv";

/**
 * Serves the folder while `use(url)` runs, and returns what that returns. `setHeaders(response, path)` may set headers
 * before a file is sent.
 */
export async function withServer(folder, use, setHeaders) {
  const server = createServer(sirv(folder, { dev: true, setHeaders })).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.close();
  }
}
