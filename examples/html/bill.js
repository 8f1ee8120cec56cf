import { AccountForm, PaylovServices, parseMoney } from "tiyin";
import { describeError } from "tiyin/messages";

// In production this is your proxy, which holds Paylov's key; a page must not have it.
const paylov = new PaylovServices({ baseUrl: "http://127.0.0.1:8788/paylov" });

// A service and a card of the sandbox's.
const serviceId = "3b03419c-2850-401f-b418-75d4c9b71b66";
const cardId = "9f877739-2149-4831-88a4-d1857309c77c";

const bill = document.getElementById("bill");
const code = document.getElementById("code");
const result = document.getElementById("result");
const again = document.getElementById("again");
const BEGUN = "begun-payment";
const WORDS = {
  paid: "Paid.",
  cancelled: "Cancelled. Nothing was paid.",
  pending: "Not certain yet. Do not pay again.",
};
let created;
let hasTried = false;

const service = await paylov.getFields(serviceId);
const { min, max } = service;
const form = new AccountForm(service);
form.subscribe(show);
show();
bill.addEventListener("submit", (event) => during(event, create));
code.addEventListener("submit", (event) => during(event, pay));
again.addEventListener("click", (event) => during(event, ask));
if (sessionStorage.getItem(BEGUN)) during(undefined, ask);

async function create() {
  hasTried = true;
  show();
  const amount = parseMoney(bill.elements.amount.value);
  const wrong = form.checkAmount(amount);
  if (wrong) throw { ...wrong, min, max };
  created = await paylov.createPayment({ serviceId, account: form.account(), amount, cardId });
  code.elements.phone.value = created.otpSentPhone;
  code.hidden = false;
  code.elements.otp.focus();
}

function pay() {
  return confirm({ transactionId: created.transactionId, cardId, otp: code.elements.otp.value });
}

/** A payment that was sent before, perhaps before a reload, is only asked for. */
function ask() {
  return confirm(JSON.parse(sessionStorage.getItem(BEGUN)), { wasSent: true });
}

async function confirm({ otp, ...payment }, options) {
  // It is written down before it is sent, without the code.
  sessionStorage.setItem(BEGUN, JSON.stringify(payment));
  bill.hidden = true;
  try {
    const { status } = await paylov.payAndConfirm(otp ? { ...payment, otp } : payment, options);
    if (status !== "pending") forget();
    code.hidden = true;
    result.textContent = WORDS[status];
  } catch (error) {
    if (error.outcome !== "unknown") forget();
    code.hidden = error.nextAction !== "confirm_again";
    throw error;
  } finally {
    // While nobody knows whether it was paid, nothing else can be paid here.
    again.hidden = !sessionStorage.getItem(BEGUN);
    bill.hidden = !again.hidden;
  }
}

function forget() {
  sessionStorage.removeItem(BEGUN);
}

/** Runs one action at a time, and says what it was refused for. */
async function during(event, action) {
  event?.preventDefault();
  const buttons = document.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  result.textContent = "";
  try {
    await action();
  } catch (error) {
    const { text, advice } = describeError(error, "en");
    result.textContent = `${text} ${advice}`;
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

/** Draws the form's fields once, and then what changed in them. */
function show() {
  for (const { name, title, kind, numeric, required, value, options, error } of form.fields) {
    const control = bill.elements[name] ?? addControl(name, title, kind);
    if (kind === "select")
      control.replaceChildren(
        new Option("Choose one", ""),
        ...options.map((one) => new Option(one.title, one.value)),
      );
    else control.inputMode = numeric ? "numeric" : "text";
    control.required = required;
    control.value = value;
    const isWrong = hasTried && error !== undefined;
    control.ariaInvalid = isWrong;
    document.getElementById(`${name}-error`).textContent = isWrong
      ? describeError({ code: error }, "en").advice
      : "";
  }
}

function addControl(name, title, kind) {
  const control = document.createElement(kind === "select" ? "select" : "input");
  control.name = name;
  control.addEventListener("input", () => form.set(name, control.value));
  const hint = document.createElement("small");
  hint.id = `${name}-error`;
  control.setAttribute("aria-describedby", hint.id);
  const label = document.createElement("label");
  label.append(title, control);
  document.getElementById("fields").append(label, hint);
  return control;
}
