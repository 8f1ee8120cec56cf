// Everything the package's types must allow. It is compiled, never run.

import * as whole from "tiyin";
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
import { type ErrorCorrection, type TiyinError as QrError, type QrOptions, qrSvg } from "tiyin/qr";
import {
  createSandbox,
  type FaultKind,
  type LedgerRow,
  type Sandbox,
  type TiyinError as SandboxError,
  type SandboxFaults,
  type SandboxFetch,
  type Money as SandboxMoney,
  type SandboxOptions,
  type SandboxRoute,
} from "tiyin/sandbox";
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
isTrue<Equal<keyof Sandbox, "fetch" | "ledger" | "setFaults">>();
isTrue<Equal<keyof SandboxOptions, "seed" | "now" | "faults" | "auth">>();
isTrue<Equal<LedgerRow["amount"], Money>>();
isTrue<Equal<whole.Money, Money>>();
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

// Wherever there is a fetch, the sandbox's can stand in for it.
type GlobalFetch = typeof globalThis extends { fetch: infer Fetch } ? Fetch : SandboxFetch;
isTrue<Sandbox["fetch"] extends GlobalFetch ? true : false>();

const kinds: readonly FaultKind[] = ["drop_after", "execute_late"];
const routes: SandboxRoute[] = ["pay", "status"];
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

whole.checkoutLink(order, options);
whole.som(5);

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
  codes,
  warned,
  detached,
  moved,
);
