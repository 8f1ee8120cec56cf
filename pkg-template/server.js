// `tiyin/server`: everything of `tiyin` and `tiyin/sign`; its clients have the providers' credentials.

import {
  accountForm,
  bankTransfers,
  orderHasher,
  paylovServices,
  reconciler,
  textOfOther,
  withBody,
} from "./clients.js";
import { linkSigner, textOfInstance } from "./signer.js";
import { starter } from "./start.js";
import { bytes, length } from "./wasm/server.bytes.js";

export { isTiyinError, TiyinError } from "./error.js";

const run = /* @__PURE__ */ starter(
  bytes,
  length,
  (value) => textOfInstance(value) ?? textOfOther(value),
  withBody,
);

export const LinkSigner = /* @__PURE__ */ linkSigner(run);
export const AccountForm = /* @__PURE__ */ accountForm(run);
export const buildAccount = (service, values) => new AccountForm(service, values).account();
export const BankTransfers = /* @__PURE__ */ bankTransfers(run);
export const transferOrderHash = /* @__PURE__ */ orderHasher(run);
export const reconcile = /* @__PURE__ */ reconciler(run);
export const PaylovServices = /* @__PURE__ */ paylovServices(run);

// The functions of checkout.js stand here.
