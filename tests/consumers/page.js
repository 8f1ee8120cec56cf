// A page's own code. Every driver can read a title without running a script in the page, which a policy might forbid.

import { answers } from "./questions.js";

answers().then((given) => {
  document.title = JSON.stringify(given);
});
