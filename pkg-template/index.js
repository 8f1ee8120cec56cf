// `tiyin`: everything of `tiyin/checkout`, and clients that reach the providers through a proxy.

import {
  accountForm,
  bankTransfers,
  orderHasher,
  paylovServices,
  reconciler,
  textOfOther,
  withBody,
} from "./clients.js";
import { starter } from "./start.js";
import { bytes, length } from "./wasm/clients.bytes.js";

export { isTiyinError, TiyinError } from "./error.js";

const run = /* @__PURE__ */ starter(bytes, length, textOfOther, withBody);

export const AccountForm = /* @__PURE__ */ accountForm(run);
export const buildAccount = (service, values) => new AccountForm(service, values).account();
export const BankTransfers = /* @__PURE__ */ bankTransfers(run);
export const transferOrderHash = /* @__PURE__ */ orderHasher(run);
export const reconcile = /* @__PURE__ */ reconciler(run);
export const PaylovServices = /* @__PURE__ */ paylovServices(run);

// The functions of checkout.js stand here.
