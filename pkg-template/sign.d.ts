export * from "./checkout.js";
export { LinkSigner, type SigningKey, type SignOptions, type VerifyOptions } from "./wasm/tiyin.js";
