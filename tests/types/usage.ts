// Everything the package's types must allow. It is compiled, never run.

import * as whole from "tiyin";
import {
  AccountForm,
  buildAccount,
  type CallOptions,
  type Confirmation,
  type CreatedPayment,
  type FieldError,
  type FieldSpec,
  type FieldView,
  type InfoRow,
  type PaidBill,
  type PaidList,
  PaylovServices,
  type PaylovServicesConfig,
  type PaymentState,
  type PaymentStatus,
  type Service,
  type ServiceFields,
} from "tiyin";
import {
  addMoney,
  allocate,
  type CheckoutOptions,
  type CheckoutOrder,
  type Currency,
  cents,
  checkoutLink,
  checkoutLinks,
  convertMoney,
  type ErrorCode,
  formatMoney,
  isTiyinError,
  type LinkWarning,
  type LinkWarningCode,
  type Locale,
  type Money,
  type ParsedCheckoutLink,
  parseCheckoutLink,
  parseMoney,
  percentOf,
  type Rounding,
  som,
  TiyinError,
  tiyin,
  toMajor,
  usd,
} from "tiyin/checkout";
import { describeError, type ErrorDescription, type Locale as MessageLocale } from "tiyin/messages";
import { type ErrorCorrection, type TiyinError as QrError, type QrOptions, qrSvg } from "tiyin/qr";
import {
  createSandbox,
  type FaultKind,
  type FaultStrikes,
  type LedgerRow,
  type Sandbox,
  type SandboxCard,
  type TiyinError as SandboxError,
  type SandboxFaults,
  type SandboxFetch,
  type Money as SandboxMoney,
  type SandboxOptions,
  type SandboxRoute,
} from "tiyin/sandbox";
import * as server from "tiyin/server";
import {
  LinkSigner,
  type TiyinError as SignError,
  type SigningKey,
  type Money as SignMoney,
  type SignOptions,
  type checkoutLink as signCheckoutLink,
  type VerifyOptions,
} from "tiyin/sign";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function isTrue<_T extends true>(): void {}

isTrue<Equal<Currency, "UZS" | "USD">>();
isTrue<Equal<Locale, "uz" | "ru" | "en">>();
isTrue<Equal<Rounding, "half_even" | "half_up" | "down" | "up">>();
isTrue<Equal<Money["minor"], number>>();
isTrue<Equal<Money["currency"], Currency>>();
isTrue<Equal<keyof Money, "minor" | "currency">>();
isTrue<
  Equal<keyof CheckoutOrder, "merchantId" | "amount" | "account" | "returnUrl" | "convertTo" | "wireUnit">
>();
isTrue<Equal<keyof CheckoutOptions, "baseUrl">>();
isTrue<Equal<keyof ParsedCheckoutLink, "order" | "warnings">>();
isTrue<Equal<keyof LinkWarning, "code" | "message" | "field">>();
isTrue<Equal<ReturnType<typeof checkoutLink>, string>>();
isTrue<Equal<ReturnType<typeof parseCheckoutLink>, ParsedCheckoutLink>>();
isTrue<LinkWarningCode extends string ? true : false>();
isTrue<Equal<ErrorCorrection, "L" | "M" | "Q" | "H">>();
isTrue<Equal<keyof QrOptions, "ecc" | "margin">>();
isTrue<Equal<keyof SigningKey, "id" | "secret">>();
isTrue<Equal<keyof LinkSigner, "sign" | "verify" | "signReturnUrl" | "verifyReturnUrl">>();
isTrue<Equal<ReturnType<LinkSigner["verify"]>, CheckoutOrder>>();
isTrue<Equal<ReturnType<LinkSigner["verifyReturnUrl"]>, Record<string, string>>>();
isTrue<Equal<SignMoney, Money>>();
isTrue<Equal<typeof SignError, typeof TiyinError>>();
isTrue<Equal<typeof QrError, typeof TiyinError>>();
isTrue<Equal<typeof signCheckoutLink, typeof checkoutLink>>();
isTrue<Equal<typeof SandboxError, typeof TiyinError>>();
isTrue<Equal<SandboxMoney, Money>>();
isTrue<Equal<keyof Sandbox, "fetch" | "ledger" | "setFaults" | "cards" | "strikes">>();
isTrue<Equal<keyof SandboxOptions, "seed" | "now" | "faults" | "auth">>();
isTrue<Equal<LedgerRow["amount"], Money>>();
isTrue<Equal<SandboxCard["balance"], Money>>();
isTrue<Equal<ReturnType<Sandbox["cards"]>, SandboxCard[]>>();
isTrue<Equal<ReturnType<Sandbox["strikes"]>, FaultStrikes[]>>();
isTrue<Equal<whole.Money, Money>>();
isTrue<Equal<server.Money, Money>>();
isTrue<Equal<typeof server.TiyinError, typeof TiyinError>>();
isTrue<Equal<typeof server.LinkSigner, typeof LinkSigner>>();
isTrue<Equal<server.Service, Service>>();
isTrue<
  Equal<
    keyof PaylovServicesConfig,
    "baseUrl" | "fetch" | "timeoutMs" | "retry" | "headers" | "now" | "listPaidPath"
  >
>();
isTrue<Equal<keyof server.PaylovServerConfig, keyof PaylovServicesConfig | "auth">>();
isTrue<Equal<keyof CallOptions, "signal" | "timeoutMs" | "idempotencyKey">>();
isTrue<Equal<keyof whole.ConfirmOptions, keyof CallOptions | "wasSent" | "pollEveryMs" | "deadlineMs">>();
isTrue<
  Equal<
    keyof Service,
    | "serviceId"
    | "name"
    | "category"
    | "min"
    | "max"
    | "active"
    | "hasInfo"
    | "canCancel"
    | "payable"
    | "logo"
  >
>();
isTrue<Equal<keyof ServiceFields, keyof Service | "fields" | "responseFields">>();
isTrue<Equal<FieldSpec["type"], "select" | "text">>();
isTrue<Equal<FieldSpec["content"], "text" | "number">>();
isTrue<Equal<keyof InfoRow, "name" | "title" | "value" | "postfix">>();
isTrue<Equal<PaymentStatus, "created" | "paid" | "cancelled" | "other">>();
isTrue<Equal<Confirmation["status"], "paid" | "cancelled" | "pending">>();
isTrue<Equal<Confirmation["transactionId"], string>>();
isTrue<Equal<Confirmation["rrn"], string | undefined>>();
isTrue<Equal<Confirmation["amount"], Money | undefined>>();
isTrue<
  Equal<
    keyof PaylovServices,
    | "listServices"
    | "getFields"
    | "getInfo"
    | "createPayment"
    | "pay"
    | "getStatus"
    | "listPaid"
    | "payAndConfirm"
  >
>();
isTrue<Equal<keyof server.PaylovServices, keyof PaylovServices>>();
isTrue<Equal<whole.CheckoutOrder, CheckoutOrder>>();

const money: Money = som("500.50");
const amounts: Money[] = [
  som(500),
  som(500n),
  tiyin(50050),
  tiyin("1"),
  usd("19.99"),
  usd(19.99),
  cents(1999n),
];
const written: Money = { minor: 50050, currency: "UZS" };
const total: Money = addMoney(money, written, ...amounts);
const alone: Money = addMoney(money);
const parts: Money[] = allocate(total, [50, 30, 20]);
const share: Money = percentOf(money, 1200);
const rounded: Money = percentOf(money, 1200, "half_up");
const dollars: Money = convertMoney(money, "12650.55", "USD");
const converted: Money = convertMoney(dollars, "12650.55", "UZS", "down");
const major: string = toMajor(money);
const shown: string[] = [formatMoney(money), formatMoney(money, "ru"), formatMoney(money, undefined)];
const typed: Money[] = [parseMoney("1 000 000,50"), parseMoney("19.99", "USD"), parseMoney("5", undefined)];

const order: CheckoutOrder = {
  merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5",
  amount: money,
  account: { order_id: "12" },
};
const full: CheckoutOrder = {
  ...order,
  returnUrl: "https://shop.example.uz/back",
  convertTo: "USD",
  wireUnit: "minor",
};
const options: CheckoutOptions = { baseUrl: "https://pay.example.uz/" };
const link: string = checkoutLink(order);
const elsewhere: string = checkoutLink(full, options);
const links: string[] = checkoutLinks([order, full]);
const others: string[] = checkoutLinks([order], { baseUrl: "https://pay.example.uz/" });

const parsed: ParsedCheckoutLink = parseCheckoutLink(link);
const again: string = checkoutLink(parsed.order);
for (const warning of parsed.warnings) {
  const code: LinkWarning["code"] = warning.code;
  const told: string = warning.message;
  const field: string | undefined = warning.field;
  use(code, told, field);
}

export function handle(error: unknown): string {
  if (error instanceof TiyinError) {
    const code: string = error.code;
    const field: string | undefined = error.field;
    return [code, error.message, field].join(" ");
  }
  if (isTiyinError(error)) {
    const same: TiyinError = error;
    const plain: Error = same;
    return JSON.stringify(same.toJSON()) + plain.name;
  }
  return "unknown";
}

// New codes are minor versions, so a code from elsewhere must fit, and known ones are still suggested.
const known: ErrorCode = "malformed_amount";
const codes: TiyinError["code"][] = [known, "a_code_of_a_later_version"];
const warned: LinkWarning["code"][] = ["not_a_uuid", "unencoded_query"];

const keys: readonly SigningKey[] = [
  { id: "new", secret: new Uint8Array(32) },
  { id: "old", secret: "0123456789abcdef0123456789abcdef" },
];
const signer = new LinkSigner(keys);
const until: SignOptions = { expiresAt: new Date() };
const at: VerifyOptions = { now: 1790000000000 };
const token: string = signer.sign(full, until);
const verified: CheckoutOrder[] = [signer.verify(token), signer.verify(token, at), signer.verify(token, {})];
const back: string = signer.signReturnUrl(
  "https://shop.uz/paid",
  { order: "12" },
  { expiresAt: 1790000000000 },
);
const claims: Record<string, string> = signer.verifyReturnUrl(back, { now: new Date() });
const pictures: string[] = [qrSvg(link), qrSvg(link, {}), qrSvg(link, { ecc: "H", margin: 0 })];

const description: ErrorDescription = describeError(undefined);
const said: string[] = [description.text, description.advice, description.developer];
const spoken: MessageLocale = "uz";
describeError(new TiyinError({ code: "internal", message: "" }), spoken);
describeError({ code: "amount_too_small", min: som(1000) }, "ru-RU" as string);

// Wherever there is a fetch, the sandbox's can stand in for it.
type GlobalFetch = typeof globalThis extends { fetch: infer Fetch } ? Fetch : SandboxFetch;
isTrue<Sandbox["fetch"] extends GlobalFetch ? true : false>();

const kinds: readonly FaultKind[] = ["drop_after", "execute_late"];
const routes: SandboxRoute[] = ["pay", "status", "bank/payment"];
const faults: SandboxFaults = {
  rules: [{ kind: "drop_before" }, { kind: "delay", route: "pay", nth: 2, times: 3, ms: 100 }],
  random: { percent: 5, kinds, routes, ms: 1000 },
};
const sandbox: Sandbox = createSandbox({ seed: 7, now: Date.now, faults, auth: "required" });
createSandbox().setFaults(faults);
sandbox.setFaults();
const { fetch: detached } = sandbox;
const rows: LedgerRow[] = sandbox.ledger();
const moved: Money[] = rows.map(({ amount, balanceAfter }) => addMoney(amount, balanceAfter));
const subjects: string[] = rows.map((row) => (row.provider === "bank" ? row.orderId : row.transactionId));

whole.checkoutLink(order, options);
whole.som(5);
server.som(5);
new server.LinkSigner(keys).sign(order, until);

// What a platform has as fetch and signal is in usage-platform.ts; these are there for every program.
const clients: whole.PaylovServices[] = [
  new PaylovServices({ baseUrl: "https://shop.example.uz/api/paylov" }),
  new PaylovServices({
    baseUrl: "https://shop.example.uz/api/paylov",
    fetch: undefined,
    timeoutMs: 5000,
    retry: 0,
    headers: { "x-session": "5" },
    now: Date.now,
    listPaidPath: "merchant/servicePayment/transaction/all/",
  }),
  new server.PaylovServices({ baseUrl: "https://gw.paylov.uz/", auth: { apiKey: "key" } }),
  new server.PaylovServices({ baseUrl: "https://gw.paylov.uz/", auth: { bearer: "token" } }),
];

class Shop extends PaylovServices {
  override async getStatus(transactionId: string, options?: CallOptions): Promise<PaymentState> {
    return super.getStatus(transactionId, { timeoutMs: 5000, ...options });
  }
}

export async function payFor(client: whole.PaylovServices | server.PaylovServices): Promise<string> {
  const services: Service[] = await client.listServices();
  const mine: Service[] = await client.listServices({ availableForMe: true }, { timeoutMs: 5000 });
  const service: ServiceFields = await client.getFields("5");
  const account: Record<string, string> = {};
  for (const field of service.fields) account[field.name] = field.values[0]?.value ?? "";
  const rows: InfoRow[] = await client.getInfo({ serviceId: "5", account });
  const created: CreatedPayment = await client.createPayment(
    {
      serviceId: "5",
      account,
      amount: service.min,
      userId: "7",
      cardId: "card",
      phoneNumber: "90 123 45 67",
      sms: { lang: "uz" },
    },
    { idempotencyKey: "order-12", signal: undefined },
  );
  const { transactionId } = created;
  const bill: PaidBill = await client.pay({ transactionId, cardId: "card", userId: "7", otp: "123456" });
  const state: PaymentState = await client.getStatus(transactionId);
  const list: PaidList = await client.listPaid({ userId: "7", beginDate: "2026-11-21" });
  const all: PaidList = await client.listPaid();
  const confirmation: Confirmation = await client.payAndConfirm(
    { transactionId, cardId: "card" },
    { wasSent: true, pollEveryMs: 500, deadlineMs: 30_000, timeoutMs: 5000, idempotencyKey: "order-12" },
  );
  use(
    services,
    mine,
    rows,
    created.otpSentPhone,
    bill.info,
    bill.rrn,
    list.total,
    all.payments[0]?.maskedPan,
  );
  switch (confirmation.status) {
    case "paid":
      return confirmation.paidAt ?? "";
    case "cancelled":
      return confirmation.cancelledAt ?? "";
    case "pending":
      return state.status === "other" ? state.raw : state.status;
  }
}

export function fill(service: ServiceFields): Record<string, string> {
  const form = new AccountForm(service, { region: "1" });
  const fields: readonly FieldView[] = form.fields;
  const { subscribe } = form;
  const stop: () => void = subscribe(() => use(form.fields));
  form.set("soato", fields[1]?.options[0]?.value ?? "");
  stop();
  const wrong: FieldError | undefined = form.checkAmount(som(500));
  if (wrong?.code === "amount_too_small" || fields[0]?.error === "required") use(form.errors());
  use(fields[0]?.notes.includes("pattern_not_checked"));
  const onServer: server.AccountForm = new server.AccountForm(service);
  try {
    return { ...onServer.account(), ...form.account() };
  } catch (error) {
    if (isTiyinError(error)) use(error.errors?.[0]?.name);
    return buildAccount(service, {});
  }
}

export async function recover(client: PaylovServices): Promise<void> {
  try {
    await client.pay({ transactionId: "5", cardId: "card" });
  } catch (error) {
    if (!isTiyinError(error)) throw error;
    const outcome: "not_executed" | "rejected" | "unknown" | undefined = error.outcome;
    const wait: number | undefined = error.retryAfterMs;
    if (error.nextAction === "query_status") await client.getStatus("5");
    use(outcome, wait, error.providerCode, error.httpStatus, error.sentAt, error.source);
  }
}

export function use(..._values: unknown[]): void {}

use(
  alone,
  parts,
  share,
  rounded,
  converted,
  major,
  shown,
  typed,
  elsewhere,
  links,
  others,
  again,
  verified,
  claims,
  pictures,
  said,
  codes,
  warned,
  detached,
  moved,
  subjects,
  clients,
  Shop,
);

/** An order that is settled, and found in the statement. */
export async function settleAndFind(order: whole.TransferOrder): Promise<readonly string[]> {
  const bank = new server.BankTransfers({
    baseUrl: "https://bank.uz/",
    auth: { username: "u", password: "p" },
  });
  isTrue<Equal<keyof server.BankTransfers, keyof whole.BankTransfers>>();
  const settled: whole.Settlement = await bank.settle(order, { quietMs: 60_000, orderHash: undefined });
  const status: "settled" | "deleted" | "pending" = settled.status;
  const known: "accepted" | "nothing" | undefined = settled.known;
  const rows: whole.StatementRow[] = [];
  const query: whole.StatementQuery = {
    serviceId: "33",
    direction: "debit",
    from: "2023-01-01",
    to: "2023-02-21",
  };
  for await (const row of bank.statement(query)) rows.push(row);
  const { credit }: whole.StatementTotals = await bank.statementTotals(query);
  const { missing, ambiguous }: server.Reconciliation = server.reconcile(rows, [order]);
  return [status, known ?? "", credit.currency, ...missing, ...ambiguous.flatMap(({ orderIds }) => orderIds)];
}
