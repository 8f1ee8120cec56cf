export { isTiyinError, TiyinError } from "./error.js";
export { type ErrorCode, type ErrorCorrection, type QrOptions, qrSvg } from "./wasm/tiyin.js";
