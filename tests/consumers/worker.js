import { answers } from "./questions.js";

export default { fetch: async () => Response.json(await answers()) };
