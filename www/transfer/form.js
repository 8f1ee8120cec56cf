// The form of an order. Its number is made when the form is begun, and kept until there is another order to write: whatever is clicked,
// reloaded or gone back to, it is the same order.

import { announce } from "../announcer.js";
import { makeDraft } from "../draft.js";
import { onLanguageChange, text } from "../language.js";
import { part } from "../simulated/dom.js";
import { plainError } from "../simulated/say.js";
import { makeAmountEntry } from "./amount-entry.js";
import { makeHindrance } from "./hindrance.js";
import { makeRequisites } from "./requisites.js";

const isDraft = (value) => typeof value?.orderId === "string" && typeof value.amount === "string";

/** `prepare(order, typed, options)` writes an order down, and gives what stands in its way, if anything. */
export function makeTransferForm({ tiyin, services, prepare, open }) {
  const element = part("transfer");
  const requisites = makeRequisites(changed);
  const amount = makeAmountEntry({ tiyin, changed });
  const hindrance = makeHindrance({
    open,
    again: (paid) => submit({ again: paid }),
    asNew() {
      useNumber(crypto.randomUUID());
      submit();
    },
  });
  const memory = makeDraft("tiyin.transfer", read);
  let orderId = "";
  let isBusy = false;

  const kind = () => element.elements.kind.value;

  function read() {
    const serviceId = services.chosen()?.id ?? "";
    return { orderId, kind: kind(), values: requisites.values(), amount: amount.typed(), serviceId };
  }

  function changed() {
    hindrance.clear();
    memory.changed();
  }

  function useNumber(next) {
    orderId = next;
    part("order-number").textContent = orderId;
    memory.changed();
  }

  function useKind() {
    requisites.use(kind());
    amount.use(kind());
  }

  function fill(draft) {
    useNumber(draft.orderId);
    element.elements.kind.value = draft.kind === "budget" ? "budget" : "requisites";
    requisites.fill(draft.values);
    amount.fill(draft.amount);
    services.choose(draft.serviceId);
    useKind();
    changed();
  }

  function clear() {
    fill({ ...read(), orderId: crypto.randomUUID(), values: {}, amount: "" });
  }

  function setBusy(busy) {
    isBusy = busy;
    part("prepare").disabled = busy;
    part("prepare-caption").textContent = text(busy ? "payee.preparing" : "payee.prepare");
  }

  function readOrder() {
    const payee = requisites.read();
    const sums = amount.read();
    if (payee && !sums) amount.focus();
    const service = services.chosen();
    if (!payee || !sums || !service) return undefined;
    return { orderId, ...payee, ...sums, serviceId: service.id, serviceType: service.type };
  }

  async function submit(options) {
    if (isBusy) return;
    hindrance.clear();
    const order = readOrder();
    if (!order) return announce(text("payee.hasErrors"));
    setBusy(true);
    try {
      hindrance.show(await prepare(order, read(), options));
    } catch (error) {
      if (!requisites.refuse(plainError(error))) hindrance.showProblem(error);
    } finally {
      setBusy(false);
    }
  }

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  for (const radio of element.elements.kind) {
    radio.addEventListener("change", () => {
      useKind();
      changed();
    });
  }
  for (const button of part("tries").querySelectorAll("[data-end]")) {
    button.addEventListener("click", () => {
      const [name, length] = kind() === "budget" ? ["budgetAccount", 27] : ["account", 20];
      requisites.set(
        name,
        `${"20208000405273320010".padEnd(27, "0").slice(0, length - 6)}${button.dataset.end}`,
      );
      announce(text("sandbox.tried"));
    });
  }
  onLanguageChange(() => setBusy(isBusy));
  setBusy(false);

  return {
    changed,
    clear,
    /** The same content as another order. */
    fillAnew: (typed) => fill({ ...typed, orderId: crypto.randomUUID() }),
    fill,
    showProblem: hindrance.show,
    /** An order that is over has its number no more. */
    forget(id) {
      if (id === orderId) clear();
    },
    start() {
      const draft = memory.restore();
      if (isDraft(draft)) fill(draft);
      else clear();
    },
  };
}
