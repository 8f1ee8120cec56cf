import type { BankMethods, BankServerConfig, PaylovMethods, PaylovServerConfig } from "./wasm/tiyin.js";

export * from "./clients.js";
export * from "./sign.js";
export type { BankServerConfig, PaylovServerConfig } from "./wasm/tiyin.js";

/**
 * A client for Paylov's service payments, for servers: it has the credential, and reaches Paylov itself.
 *
 * @throws {TiyinError} `invalid_base_url`, `invalid_header`, `missing_field`, `out_of_range`, `unknown_field` and others
 *
 * @example
 * new PaylovServices({ baseUrl: "https://gw.paylov.uz/", auth: { apiKey: "kfggfgf.given_api_key_by_paylov" } });
 * new PaylovServices({ baseUrl: "https://gw.paylov.uz/" }); // throws missing_field
 */
export const PaylovServices: new (config: PaylovServerConfig) => PaylovServices;
export interface PaylovServices extends PaylovMethods {}

/**
 * A client for a bank's payments by requisites, for servers: it has the credential, and reaches the bank itself.
 *
 * @throws {TiyinError} as `new PaylovServices`
 *
 * @example
 * new BankTransfers({ baseUrl: "https://bank.uz/", auth: { username: "gray", password: "p@ssw0rd" } });
 * new BankTransfers({ baseUrl: "https://bank.uz/" }); // throws missing_field
 */
export const BankTransfers: new (config: BankServerConfig) => BankTransfers;
export interface BankTransfers extends BankMethods {}
