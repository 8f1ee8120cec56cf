// Calls that the types must refuse. Each names the error it must give; check.js compares them line by line.

import { AccountForm, BankTransfers, PaylovServices } from "tiyin";
import {
  addMoney,
  allocate,
  type CheckoutOrder,
  checkoutLink,
  checkoutLinks,
  convertMoney,
  formatMoney,
  type LinkWarning,
  type Money,
  parseCheckoutLink,
  parseMoney,
  percentOf,
  som,
  type TiyinError,
  tiyin,
  toMajor,
  usd,
} from "tiyin/checkout";
import { describeError } from "tiyin/messages";
import { qrSvg } from "tiyin/qr";
import { createSandbox } from "tiyin/sandbox";
import * as server from "tiyin/server";
import { LinkSigner } from "tiyin/sign";

const merchantId = "571c06fb-6c61-4ef7-8567-5511abaf12b5";
const account = { order_id: "12" };
const amount: Money = som(500);
const order: CheckoutOrder = { merchantId, amount, account };
declare const warning: LinkWarning;
declare const error: TiyinError;

som(); //~ TS2554
som(null); //~ TS2345
som(undefined); //~ TS2345
som(true); //~ TS2345
som({ minor: 5, currency: "UZS" }); //~ TS2345
usd(new Date()); //~ TS2345
tiyin(5, "UZS"); //~ TS2554
toMajor(500); //~ TS2345
toMajor("500"); //~ TS2345
toMajor({ minor: 500 }); //~ TS2741
toMajor({ minor: "500", currency: "UZS" }); //~ TS2322
toMajor({ minor: 500n, currency: "UZS" }); //~ TS2322
toMajor({ minor: 500, currency: "EUR" }); //~ TS2322
toMajor({ minor: 500, currency: "UZS", unit: "tiyin" }); //~ TS2353
toMajor(amount, "uz"); //~ TS2554
amount.minor = 5; //~ TS2540
amount.currency = "USD"; //~ TS2540
formatMoney(amount, "fr"); //~ TS2345
formatMoney(amount, null); //~ TS2345
formatMoney(500); //~ TS2345
formatMoney(); //~ TS2554
parseMoney(500); //~ TS2345
parseMoney("500", "EUR"); //~ TS2345
parseMoney("500", "uz"); //~ TS2345
addMoney(amount, 5); //~ TS2345
addMoney([amount, amount]); //~ TS2739
allocate(amount, "1,2"); //~ TS2345
allocate(amount, ["1", "2"]); //~ TS2322 TS2322
allocate(amount, [1n]); //~ TS2322
allocate(amount, 3); //~ TS2345
allocate(amount); //~ TS2554
percentOf(amount, "12%"); //~ TS2345
percentOf(amount, 100, "floor"); //~ TS2345
percentOf(amount, 100n); //~ TS2345
percentOf(amount); //~ TS2554
convertMoney(amount, 12650.55, "USD"); //~ TS2345
convertMoney(amount, "12650.55", "EUR"); //~ TS2345
convertMoney(amount, "12650.55"); //~ TS2554
convertMoney(amount, "12650.55", "USD", "HALF_UP"); //~ TS2345

checkoutLink(); //~ TS2554
checkoutLink({ amount, account }); //~ TS2741
checkoutLink({ merchantId, account }); //~ TS2741
checkoutLink({ merchantId, amount }); //~ TS2741
checkoutLink({ merchantId: 5, amount, account }); //~ TS2322
checkoutLink({ merchantId, amount: 500, account }); //~ TS2322
checkoutLink({ merchantId, amount: "500", account }); //~ TS2322
checkoutLink({ merchantId, amount: { minor: 500, currency: "EUR" }, account }); //~ TS2322
checkoutLink({ merchantId, amount, account: { order_id: 12 } }); //~ TS2322
checkoutLink({ merchantId, amount, account: "12" }); //~ TS2322
checkoutLink({ merchantId, amount, account, hold: true }); //~ TS2353
checkoutLink({ merchantId, amount, account, returnURL: "https://a.uz" }); //~ TS2561
checkoutLink({ merchantId, amount, account, returnUrl: null }); //~ TS2322
checkoutLink({ merchantId, amount, account, convertTo: 840 }); //~ TS2322
checkoutLink({ merchantId, amount, account, wireUnit: "tiyin" }); //~ TS2322
checkoutLink(order, { baseURL: "https://a.uz/" }); //~ TS2561
checkoutLink(order, { secret: "x" }); //~ TS2353
checkoutLink(order, "https://a.uz/"); //~ TS2559
checkoutLink(order, null); //~ TS2345
checkoutLink(order, {}, {}); //~ TS2554
checkoutLinks(order); //~ TS2740
checkoutLinks([order, { merchantId, amount }]); //~ TS2741
checkoutLinks([order], { baseUrl: 5 }); //~ TS2322
parseCheckoutLink(); //~ TS2554
parseCheckoutLink(5); //~ TS2345
parseCheckoutLink(new Date()); //~ TS2345
parseCheckoutLink("").merchantId; //~ TS2339
parseCheckoutLink("").order.signature; //~ TS2339
warning.hint; //~ TS2339
error.code.missing; //~ TS2339
error.free(); //~ TS2339
amount.free(); //~ TS2339
checkoutLink(order).then; //~ TS2339

export const minorAsText: string = amount.minor; //~ TS2322
export const promised: Promise<string> = checkoutLink(order); //~ TS2322
export const euro: Money = { minor: 5, currency: "EUR" }; //~ TS2322
export const lenient: CheckoutOrder = { ...order, account: { a: undefined } }; //~ TS2322

new LinkSigner(); //~ TS2554
new LinkSigner({ id: "k", secret: "s" }); //~ TS2353
new LinkSigner([{ id: "k" }]); //~ TS2741
new LinkSigner([{ id: "k", secret: 32 }]); //~ TS2322
new LinkSigner([{ id: "k", secret: [1, 2] }]); //~ TS2322
new LinkSigner([{ id: "k", secret: "s", algorithm: "none" }]); //~ TS2353
const signer = new LinkSigner([{ id: "k", secret: "s" }]);
signer.free(); //~ TS2339
signer.sign(order); //~ TS2554
signer.sign(order, {}); //~ TS2741
signer.sign(order, { expiresAt: "2026-11-21" }); //~ TS2322
signer.sign(order, 1790000000000); //~ TS2345
signer.verify(token(), { nwo: 1790000000000 }); //~ TS2353
signer.verify(token(), { now: 1n }); //~ TS2322
signer.signReturnUrl("https://shop.uz/", { order: 12 }, { expiresAt: 1790000000000 }); //~ TS2322
signer.signReturnUrl("https://shop.uz/", { expiresAt: 1790000000000 }); //~ TS2554
qrSvg(); //~ TS2554
qrSvg(5); //~ TS2345
qrSvg("5", "L"); //~ TS2559
qrSvg("5", { ecc: "l" }); //~ TS2820
qrSvg("5", { margin: "4" }); //~ TS2322
describeError(); //~ TS2554
describeError({}, { locale: "uz" }); //~ TS2345
describeError({}).message; //~ TS2339
describeError({}).text = ""; //~ TS2540
declare function token(): string;

createSandbox(null); //~ TS2345
createSandbox({ seed: "7" }); //~ TS2322
createSandbox({ now: 1790000000000 }); //~ TS2322
createSandbox({ now: () => new Date() }); //~ TS2322
createSandbox({ auth: true }); //~ TS2322
createSandbox({ callback: {} }); //~ TS2353
createSandbox({ faults: { rules: [{}] } }); //~ TS2741
createSandbox({ faults: { rules: [{ kind: "drop" }] } }); //~ TS2322
createSandbox({ faults: { rules: [{ kind: "hang", route: "payment" }] } }); //~ TS2322
createSandbox({ faults: { rules: [{ kind: "hang", route: "bank" }] } }); //~ TS2322
createSandbox({ faults: { random: {} } }); //~ TS2741
const sandbox = createSandbox();
sandbox.setFaults({ rule: [] }); //~ TS2561
sandbox.fetch = sandbox.fetch; //~ TS2540
sandbox.ledger().then; //~ TS2339
sandbox.cards()[0].pan; //~ TS2339
sandbox.ledger()[0].orderId; //~ TS2339
sandbox.free(); //~ TS2339
const baseUrl = "https://shop.example.uz/api/paylov";
const auth = { apiKey: "key" };
const paylov = new PaylovServices({ baseUrl });
new PaylovServices(); //~ TS2554
new PaylovServices({}); //~ TS2741
new PaylovServices(baseUrl); //~ TS2345
new PaylovServices({ baseUrl: 5 }); //~ TS2322
new PaylovServices({ baseUrl, auth }); //~ TS2353
new PaylovServices({ baseUrl, timeout: 5 }); //~ TS2561
new PaylovServices({ baseUrl, timeoutMs: "5" }); //~ TS2322
new PaylovServices({ baseUrl, retry: true }); //~ TS2322
new PaylovServices({ baseUrl, now: 5 }); //~ TS2322
new PaylovServices({ baseUrl, now: () => new Date() }); //~ TS2322
new PaylovServices({ baseUrl, fetch: "fetch" }); //~ TS2322
new PaylovServices({ baseUrl, headers: { a: 5 } }); //~ TS2322
new server.PaylovServices({ baseUrl }); //~ TS2741
new server.PaylovServices({ baseUrl, auth: "key" }); //~ TS2322
new server.PaylovServices({ baseUrl, auth: {} }); //~ TS2322
new server.PaylovServices({ baseUrl, auth: { username: "u", password: "p" } }); //~ TS2353
paylov.free(); //~ TS2339
paylov.settings; //~ TS2339
paylov.listServices(true); //~ TS2559
paylov.listServices({ availableForMe: "yes" }); //~ TS2322
paylov.getFields(); //~ TS2554
paylov.getFields(5); //~ TS2345
paylov.getInfo({ serviceId: "5" }); //~ TS2741
paylov.getInfo({ serviceId: "5", account: { region: 1 } }); //~ TS2322
paylov.createPayment({ serviceId: "5", account }); //~ TS2741
paylov.createPayment({ serviceId: "5", account, amount: 500 }); //~ TS2322
paylov.createPayment({ serviceId: 5, account, amount }); //~ TS2322
paylov.createPayment({ serviceId: "5", account, amount, hold: true }); //~ TS2353
paylov.pay("5"); //~ TS2345
paylov.pay({ transactionId: "5" }); //~ TS2741
paylov.pay({ transactionId: "5", cardId: "c", otp: 123456 }); //~ TS2322
paylov.pay({ transactionId: "5", cardId: "c" }, { wasSent: true }); //~ TS2353
paylov.getStatus(5); //~ TS2345
paylov.getStatus("5", { timeout: 5 }); //~ TS2561
paylov.getStatus("5").status; //~ TS2339
paylov.listPaid({ beginDate: new Date() }); //~ TS2322
paylov.payAndConfirm({ transactionId: "5", cardId: "c" }, { deadlineMs: "5" }); //~ TS2322
export const status: "refunded" = (await paylov.getStatus("5")).status; //~ TS2322
export const sure: string = (await paylov.payAndConfirm({ transactionId: "5", cardId: "c" })).rrn; //~ TS2322

declare const form: AccountForm;
new AccountForm(); //~ TS2554
new AccountForm({ fields: [] }); //~ TS2345
form.set("code"); //~ TS2554
form.set("code", 5); //~ TS2345
form.fields = []; //~ TS2540
form.fields[0].value = "5"; //~ TS2540
form.free(); //~ TS2339

const bank = new BankTransfers({ baseUrl });
const transfer = {
  orderId: "1",
  payee: { name: "x", bankCode: "00401", account: "16103000900000401001" },
  purpose: "x",
  serviceId: "33",
  amount: som(1),
  commission: som(0),
};
new BankTransfers({ baseUrl, auth: { username: "u", password: "p" } }); //~ TS2353
new BankTransfers({ baseUrl, listPaidPath: "a" }); //~ TS2353
new server.BankTransfers({ baseUrl }); //~ TS2741
new server.BankTransfers({ baseUrl, auth: { apiKey: "key" } }); //~ TS2353
bank.createPayment({ ...transfer, amount: 5 }); //~ TS2322
bank.createPayment({ ...transfer, serviceType: "cards" }); //~ TS2322
bank.settle(transfer); //~ TS2345
bank.settle({ kind: "requisites", ...transfer }, { quiet: 5 }); //~ TS2561
bank.getBalance(33); //~ TS2345
for (const row of bank.statement({ serviceId: "33", direction: "all", from: "", to: "" })) row; //~ TS2488
server.reconcile([], [{ orderId: "1" }]); //~ TS2739
bank.reconcile; //~ TS2339
