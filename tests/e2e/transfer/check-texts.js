// Three languages with the same texts, and none that the page asks for is missing.

import { checkTextsOf } from "../bill/check-texts.js";

const GROUPS =
  "page transfer failure payee order timeline balance statement reconcile sandbox ledger faults maker";

export const checkTexts = () => checkTextsOf("transfer", GROUPS.split(" "));
