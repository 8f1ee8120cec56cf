import { answers } from "./questions.js";

export default { fetch: () => Response.json(answers()) };
