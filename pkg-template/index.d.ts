import type { BankMethods, ClientConfig, PaylovMethods, PaylovServicesConfig } from "./wasm/tiyin.js";

export * from "./checkout.js";
export * from "./clients.js";

/**
 * A client for Paylov's service payments, for pages: it reaches Paylov through a proxy, which has the credential.
 *
 * @throws {TiyinError} `invalid_base_url`, `credential_not_allowed`, `invalid_header`, `out_of_range`, `unknown_field` and others
 *
 * @example
 * new PaylovServices({ baseUrl: "https://shop.uz/api/paylov", timeoutMs: 10_000 });
 * new PaylovServices({ baseUrl: "https://gw.paylov.uz/", auth: { apiKey: "key" } }); // throws credential_not_allowed
 */
export const PaylovServices: new (config: PaylovServicesConfig) => PaylovServices;
export interface PaylovServices extends PaylovMethods {}

/**
 * A client for a bank's payments by requisites, for pages: it reaches the bank through a proxy, which has the credential.
 *
 * @throws {TiyinError} as `new PaylovServices`
 *
 * @example
 * new BankTransfers({ baseUrl: "https://shop.uz/api/bank", timeoutMs: 10_000 });
 * new BankTransfers({ baseUrl: "https://bank.uz/", auth: { username: "gray", password: "p@ssw0rd" } }); // throws credential_not_allowed
 */
export const BankTransfers: new (config: ClientConfig) => BankTransfers;
export interface BankTransfers extends BankMethods {}
