// Shows a token with its parts told apart, and what each part says to anybody.

import { text } from "./language.js";
import { clock, localTime } from "./moment.js";
import { updateScrolling } from "./scrolling.js";
import { differences, momentOf, PARTS, partsOf, queryIn } from "./token.js";

const part = (id) => document.getElementById(id);

function coloured(name, content, original) {
  const made = document.createElement("span");
  made.className = `token-part ${name}`;
  for (const { run, differs } of differences(content, original)) {
    const shown = document.createElement(differs ? "mark" : "span");
    shown.textContent = run;
    made.append(shown);
  }
  return made;
}

function tokenPieces(parts, original) {
  return PARTS.flatMap((name, index) => {
    const piece = coloured(name, parts[name], original?.[name]);
    return index === 0 ? [piece] : [".", piece];
  });
}

/** What is left of a token's time, in milliseconds. */
export function showLeft(left) {
  part("token-left").textContent =
    left > 0 ? text("signing.left", { time: clock(left) }) : text("signing.expired");
}

function showExpiry(expiry) {
  const moment = momentOf(expiry);
  const time = part("token-time");
  if (moment === undefined) {
    time.removeAttribute("datetime");
    time.textContent = text("signing.noMoment");
    part("token-left").textContent = "";
    return;
  }
  time.dateTime = new Date(moment).toISOString();
  time.textContent = localTime(moment);
  showLeft(moment - Date.now());
}

/** Shows a token beside the one that it was made from, or, of a text that is none, nothing. */
export function showToken(token, signed) {
  const parts = partsOf(token);
  part("token-ready").hidden = parts === undefined;
  part("token-state").hidden = parts !== undefined;
  if (parts === undefined) {
    part("token").replaceChildren();
    return;
  }
  const original = signed === null ? undefined : partsOf(signed);
  part("token").replaceChildren(...tokenPieces(parts, original));
  part("token-version").textContent = parts.version;
  part("token-key-id").textContent = parts.keyId;
  showExpiry(parts.expiry);
  part("token-order").textContent = queryIn(parts.order) ?? text("signing.noQuery");
  part("token-signature").textContent = text("signing.signatureIs", { length: parts.signature.length });
  updateScrolling();
}
