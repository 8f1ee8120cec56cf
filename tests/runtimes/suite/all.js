// Every test of the suite. Bad input comes late: what it breaks would show in what follows it.

import "./money-making.js";
import "./money-every-amount.js";
import "./money-text.js";
import "./money-arithmetic.js";
import "./money-rounding.js";
import "./links-building.js";
import "./links-return-url.js";
import "./links-oracle.js";
import "./links-parsing.js";
import "./signing.js";
import "./qr.js";
import "./sandbox.js";
import "./errors.js";
import "./messages.js";
import "./surface.js";
import "./clients-requests.js";
import "./clients-failures.js";
import "./clients-config.js";
import "./clients-confirm.js";
import "./bank-requests.js";
import "./bank-settle.js";
import "./bank-cards.js";
import "./bank-twice.js";
import "./account.js";
import "./bad-input.js";
import "./arbitrary-values.js";
import "./loading.js";
import "./traps.js";

export { run } from "./harness.js";
