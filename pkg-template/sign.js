// `tiyin/sign`: everything of `tiyin/checkout`, and links that cannot be forged.

import { starter } from "./start.js";
import { bytes, length } from "./wasm/sign.bytes.js";

export { isTiyinError, TiyinError } from "./error.js";

const run = /* @__PURE__ */ starter(bytes, length, textOfInstance);

// The functions of checkout.js stand here.

export class LinkSigner {
  // The keys as text (src/js/sign.rs). The module keeps nothing of them.
  #keys;

  constructor(keys) {
    this.#keys = run(32, keys);
  }

  sign(order, options) {
    return run(33, this.#keys, order, options);
  }

  verify(token, options) {
    return run(34, this.#keys, token, options, Date.now());
  }

  signReturnUrl(url, claims, options) {
    return run(35, this.#keys, url, claims, options);
  }

  verifyReturnUrl(url, options) {
    return run(36, this.#keys, url, options, Date.now());
  }
}

// Dates and arrays of bytes, also those of another window.
function textOfInstance(value) {
  switch (Object.prototype.toString.call(value)) {
    case "[object Date]":
      return ["d", String(Date.prototype.getTime.call(value))];
    case "[object Uint8Array]":
      return ["y", Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")];
  }
}
