// `tiyin/qr`: a link as a QR code.

import { starter } from "./start.js";
import { bytes, length } from "./wasm/qr.bytes.js";

export { isTiyinError, TiyinError } from "./error.js";

const run = /* @__PURE__ */ starter(bytes, length);

export const qrSvg = (a, b) => run(64, a, b);
