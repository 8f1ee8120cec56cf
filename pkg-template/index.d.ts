import type { PaylovMethods, PaylovServicesConfig } from "./wasm/tiyin.js";

export * from "./checkout.js";
export * from "./clients.js";

/**
 * A client for Paylov's service payments, for pages: it reaches Paylov through a proxy, which has the credential.
 *
 * @throws {TiyinError} `invalid_base_url`, `credential_not_allowed`, `invalid_header`, `out_of_range`, `unknown_field` and others
 */
export const PaylovServices: new (config: PaylovServicesConfig) => PaylovServices;
export interface PaylovServices extends PaylovMethods {}
