// `tiyin/sign`: everything of `tiyin/checkout`, and links that cannot be forged.

import { linkSigner, textOfInstance } from "./signer.js";
import { starter } from "./start.js";
import { bytes, length } from "./wasm/sign.bytes.js";

export { isTiyinError, TiyinError } from "./error.js";

const run = /* @__PURE__ */ starter(bytes, length, textOfInstance);

export const LinkSigner = /* @__PURE__ */ linkSigner(run);

// The functions of checkout.js stand here.
