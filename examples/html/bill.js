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
const BEGUN = "begun-payment";
const WORDS = {
  paid: "Paid.",
  cancelled: "Cancelled. Nothing was paid.",
  pending: "Not certain yet. Do not pay again; reload to ask once more.",
};
let created;

const form = new AccountForm(await paylov.getFields(serviceId));
form.subscribe(show);
show();
bill.addEventListener("submit", (event) => during(event, create));
code.addEventListener("submit", (event) => during(event, pay));
// A payment that was sent before a reload is only asked for.
const begun = sessionStorage.getItem(BEGUN);
if (begun) during(undefined, () => confirm(JSON.parse(begun), { wasSent: true }));

async function create() {
  const amount = parseMoney(bill.elements.amount.value);
  const wrong = form.checkAmount(amount);
  if (wrong) throw wrong;
  created = await paylov.createPayment({ serviceId, account: form.account(), amount, cardId });
  code.elements.phone.value = created.otpSentPhone;
  code.hidden = false;
  code.elements.otp.focus();
}

function pay() {
  return confirm({ transactionId: created.transactionId, cardId, otp: code.elements.otp.value });
}

async function confirm({ otp, ...payment }, options) {
  // It is written down before it is sent, without the code.
  sessionStorage.setItem(BEGUN, JSON.stringify(payment));
  try {
    const { status } = await paylov.payAndConfirm(otp ? { ...payment, otp } : payment, options);
    if (status !== "pending") sessionStorage.removeItem(BEGUN);
    result.textContent = WORDS[status];
  } catch (error) {
    if (error.outcome !== "unknown") sessionStorage.removeItem(BEGUN);
    throw error;
  }
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
    result.textContent = describeError(error, "en").text;
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

/** Draws the form's fields once, and then what changed in them. */
function show() {
  for (const { name, title, kind, numeric, required, value, options } of form.fields) {
    const control = bill.elements[name] ?? addControl(name, title, kind);
    if (kind === "select")
      control.replaceChildren(
        new Option("Choose one", ""),
        ...options.map((one) => new Option(one.title, one.value)),
      );
    else control.inputMode = numeric ? "numeric" : "text";
    control.required = required;
    control.value = value;
  }
}

function addControl(name, title, kind) {
  const control = document.createElement(kind === "select" ? "select" : "input");
  control.name = name;
  control.addEventListener("input", () => form.set(name, control.value));
  const label = document.createElement("label");
  label.append(title, control);
  document.getElementById("fields").append(label);
  return control;
}
