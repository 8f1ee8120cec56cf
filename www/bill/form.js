// The form of a bill: service, account, amount, card. Its end is a payment that is prepared and not yet paid.

import { announce } from "../announcer.js";
import { makeDraft } from "../draft.js";
import { onLanguageChange, text } from "../language.js";
import { part } from "../simulated/dom.js";
import { makeAccount } from "./account.js";
import { makeAccountInfo } from "./account-info.js";
import { makeAmountEntry } from "./amount-entry.js";
import { makeCards } from "./cards.js";
import { makeHindrance } from "./hindrance.js";
import { makeServices } from "./services.js";

const isDraft = (value) => typeof value?.serviceId === "string" && typeof value.amount === "string";

/** `prepare(draft)` prepares the payment, and gives what stood in its way, if anything; `served` is told the services. */
export function makePaymentForm({ tiyin, paylov, prepare, open, served }) {
  const element = part("payment");
  const services = makeServices((service) => choose(service));
  const account = makeAccount(accountChanged);
  const amount = makeAmountEntry(changed);
  const cards = makeCards(changed);
  const info = makeAccountInfo(paylov, account.read);
  const hindrance = makeHindrance({
    open,
    again: (paid) => submit(paid),
  });
  const memory = makeDraft("tiyin.bill", read);
  let listed = [];
  let service;
  let asked = 0;
  let isBusy = false;

  function read() {
    return {
      serviceId: service?.serviceId ?? "",
      values: account.values(),
      amount: amount.typed(),
      cardId: cards.chosen()?.cardId,
      withCode: element.elements.confirmation.value === "code",
    };
  }

  function changed() {
    hindrance.clear();
    memory.changed();
  }

  function accountChanged() {
    info.forget();
    changed();
  }

  function showChoice() {
    part("service-search-part").hidden = service !== undefined;
    part("service-chosen").hidden = service === undefined;
    part("chosen-name").textContent = service?.name ?? "";
    part("chosen-category").textContent = service?.category.name ?? "";
  }

  function useFields(fields, values) {
    const form = fields && new tiyin.AccountForm(fields, values);
    account.use(form, fields?.fields);
    if (fields) amount.use(tiyin, fields, form);
    info.use(fields);
    part("bill-details").hidden = fields === undefined;
  }

  /** Shows another service, and says whether its fields are there now. */
  async function choose(next, draft) {
    service = next;
    const own = ++asked;
    hindrance.clear();
    useFields(undefined);
    showChoice();
    memory.changed();
    if (!service) return false;
    part("fields-loading").hidden = false;
    if (!draft) part("chosen-name").focus();
    try {
      const fields = await paylov.getFields(service.serviceId);
      if (own !== asked) return false; // Another one has been chosen meanwhile.
      useFields(fields, draft?.values);
      amount.fill(draft?.amount ?? amount.typed());
      return true;
    } catch (error) {
      if (own === asked) hindrance.showProblem(error, { retry: () => chooseAgain(draft) });
      return false;
    } finally {
      if (own === asked) part("fields-loading").hidden = true;
    }
  }

  function chooseAgain(draft) {
    part("chosen-name").focus();
    return choose(service, draft);
  }

  function draftOf(readAccount, readAmount) {
    const { serviceId, name, category } = service;
    const { cardId, maskedPan } = cards.chosen();
    const withCode = element.elements.confirmation.value === "code";
    const bill = { serviceId, service: { name, category }, account: readAccount, rows: account.rows() };
    return { ...bill, amount: readAmount, cardId, maskedPan, withCode, typed: read() };
  }

  function setBusy(busy) {
    isBusy = busy;
    // The button keeps the focus, so it is not disabled itself.
    if (busy) part("prepare").focus();
    part("prepare").setAttribute("aria-disabled", String(busy));
    part("bill-details").disabled = busy;
    part("change-service").disabled = busy;
    part("prepare-caption").textContent = text(busy ? "form.preparing" : "form.prepare");
  }

  /** `again` is the id of the same bill that was paid today and may be paid once more. */
  async function submit(again) {
    if (isBusy || !service) return;
    hindrance.clear();
    // Both show their errors; the first wrong field has the focus.
    const readAmount = amount.read();
    const readAccount = account.read();
    if (!readAmount || !readAccount) return announce(text("form.hasErrors"));
    setBusy(true);
    try {
      hindrance.show(await prepare({ ...draftOf(readAccount, readAmount), again }));
    } catch (error) {
      hindrance.showProblem(error);
    } finally {
      setBusy(false);
    }
  }

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  element.addEventListener("change", changed);
  part("change-service").addEventListener("click", () => {
    choose(undefined);
    services.focus();
  });
  onLanguageChange(() => setBusy(isBusy));
  setBusy(false);

  /** Shows what was typed, and says whether all of it is there now. */
  async function fill(draft) {
    if (!isDraft(draft)) return false;
    element.elements.confirmation.value = draft.withCode === false ? "none" : "code";
    cards.choose(draft.cardId);
    const known = listed.find(({ serviceId }) => serviceId === draft.serviceId);
    return known !== undefined && choose(known, draft);
  }

  function clear() {
    choose(undefined);
    amount.fill("");
  }

  async function list() {
    part("services-loading").hidden = false;
    part("services-failed").hidden = true;
    hindrance.clear();
    try {
      listed = await paylov.listServices();
      services.show(listed);
      served(listed);
      fill(memory.restore());
    } catch (error) {
      part("services-failed").hidden = false;
      hindrance.showProblem(error, { retry: listAgain });
    } finally {
      part("services-loading").hidden = true;
    }
  }

  function listAgain() {
    services.focus();
    return list();
  }

  return {
    showCards: cards.show,
    fill,
    hinder: hindrance.show.bind(hindrance),
    clear,
    /** What was paid need not be typed any more. */
    forget(draft) {
      if (JSON.stringify(read()) === JSON.stringify(draft)) clear();
    },
    start: list,
  };
}
