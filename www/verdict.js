// What the verifier says to a token: the order that it reads back, or why it refuses.

import { describe } from "./problems.js";
import { termsOf, withCode } from "./reading.js";
import { updateScrolling } from "./scrolling.js";

const part = (id) => document.getElementById(id);

function show({ problem = [], terms = [] }) {
  part("no-verdict").hidden = problem.length > 0 || terms.length > 0;
  part("verdict-problem").replaceChildren(...problem);
  part("verdict-problem").hidden = problem.length === 0;
  part("verified-order").replaceChildren(...terms);
  part("verified").hidden = terms.length === 0;
  if (problem.length > 0) part("given-token").setAttribute("aria-invalid", "true");
  else part("given-token").removeAttribute("aria-invalid");
}

export function showVerified(tiyin, order) {
  show({ terms: termsOf(tiyin, order) });
  updateScrolling();
}

export function showRefused(problem) {
  show({ problem: withCode(describe(problem), problem.code) });
}

export function showNoVerdict() {
  show({});
}

/** Keeps the verdict as high as it is, or takes that back. */
export function keepVerdictHeight(kept) {
  const verdict = part("verdict");
  verdict.style.minHeight = kept ? `${verdict.offsetHeight}px` : "";
}
