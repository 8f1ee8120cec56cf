// The panel of signed links: signs the order of the form, and shows what a verifier says to the token and to whatever the
// visitor makes of it. Module and key are made at the first need; a token lives no longer than they do.

import { announce } from "./announcer.js";
import { makeCopyButton } from "./copy.js";
import { makeCountdown } from "./countdown.js";
import { language, onLanguageChange, setText, text } from "./language.js";
import { describe, problemOf } from "./problems.js";
import { exampleReturnUrl, loadSigner } from "./throwaway-signer.js";
import { momentOf, PARTS, partsOf, withOneChanged } from "./token.js";
import { showLeft, showToken } from "./token-view.js";
import { keepVerdictHeight, showNoVerdict, showRefused, showVerified } from "./verdict.js";

const part = (id) => document.getElementById(id);

function verdictOf(signer, token) {
  try {
    return { order: signer.verify(token) };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

function showFormOrder(tiyin, order) {
  const shown = part("signing-order");
  if (order === null) {
    shown.textContent = text("signing.noOrder");
    return;
  }
  const sum = document.createElement("strong");
  sum.textContent = tiyin.formatMoney(order.amount, language());
  const fields = Object.entries(order.account).map(([key, value]) => `${key}: ${value}`);
  shown.replaceChildren(sum, ` ${fields.join(", ")}`);
}

export function startSigning() {
  const field = part("given-token");
  const caption = part("sign-order").querySelector("span");
  const countdown = makeCountdown({ tick: showLeft, over: expired });
  const takeBackCopied = makeCopyButton({
    button: part("copy-token"),
    element: part("token"),
    byHand: part("copy-token-by-hand"),
    label: "signing.copy",
  });
  let loading = null;
  let loaded = null;
  let formOrder = null;
  let signed = null;
  let verdict = null;
  let refusal = null;

  function stateOf(token) {
    if (verdict?.problem?.code === "too_long") return describe(verdict.problem);
    return text(token === "" ? "signing.empty" : "signing.noToken");
  }

  function showVerdict() {
    if (verdict === null) showNoVerdict();
    else if (verdict.problem) showRefused(verdict.problem);
    else showVerified(loaded.tiyin, verdict.order);
  }

  function showRefusal() {
    part("sign-problem").textContent = refusal === null ? "" : describe(refusal);
    part("sign-problem").hidden = refusal === null;
  }

  function render() {
    const token = field.value.trim();
    const signer = loaded?.signer;
    verdict = signer && token !== "" ? verdictOf(signer, token) : null;
    const shown = verdict?.problem?.code === "too_long" ? "" : token;
    if (part("token").textContent !== shown) takeBackCopied();
    part("token-state").textContent = stateOf(token);
    showToken(shown, signed);
    showVerdict();
    setText(caption, loading !== null && !signer ? "page.starting" : "signing.sign");
    showRefusal();
    part("try-out").hidden = signed === null;
    countdown.until(momentOf(partsOf(shown)?.expiry ?? ""));
  }

  function tell() {
    if (verdict?.problem) announce(describe(verdict.problem));
    else if (verdict !== null) {
      const money = loaded.tiyin.formatMoney(verdict.order.amount, language());
      announce(text("signing.announced", { money }));
    }
  }

  // Nobody asked for this change: what stands below must not move.
  function expired() {
    keepVerdictHeight(true);
    render();
    if (verdict?.problem?.code === "link_expired") tell();
  }

  function put(token) {
    field.value = token;
    changed();
  }

  function changed() {
    keepVerdictHeight(false);
    render();
    tell();
  }

  async function withSigner(action) {
    if (loaded?.signer) return action(loaded.signer);
    loading ??= loadSigner();
    render();
    announce(text("page.starting"));
    loaded = await loading;
    if (loaded.signer) return action(loaded.signer);
    loading = null; // The next press tries again.
    refuse(loaded.problem);
  }

  const expiry = () => Date.now() + 1000 * Number(part("signer").elements.validity.value);

  function sign(signer) {
    if (formOrder === null) return refuse({ code: "no_order" });
    try {
      signed = signer.sign(formOrder, { expiresAt: expiry() });
      refusal = null;
      put(signed);
    } catch (error) {
      refuse(problemOf(error));
    }
  }

  function refuse(problem) {
    refusal = problem;
    render();
    announce(describe(problem));
  }

  part("signer").addEventListener("submit", (event) => {
    event.preventDefault();
    withSigner(sign);
  });
  field.addEventListener("input", () => {
    withSigner(changed);
  });
  for (const name of PARTS) {
    part(`change-${name}`).addEventListener("click", () => put(withOneChanged(signed, name)));
  }
  part("try-return-url").addEventListener("click", () => put(exampleReturnUrl(loaded.signer, expiry())));
  part("try-return-token").addEventListener("click", () => {
    const address = new URL(exampleReturnUrl(loaded.signer, expiry()));
    put(address.searchParams.get("tiyin"));
  });
  part("restore-token").addEventListener("click", () => put(signed));
  onLanguageChange(() => render());
  render();

  return {
    /** The order that the form makes a link of, or `null`. */
    follow(tiyin, order) {
      formOrder = order;
      showFormOrder(tiyin, order);
      if (order !== null && refusal?.code === "no_order") refusal = null;
      showRefusal();
    },
  };
}
