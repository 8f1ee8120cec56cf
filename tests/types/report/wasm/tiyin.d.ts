/**
 * A key to sign and to verify with.
 */
export interface SigningKey {
    /**
     * The name that tokens carry: 1 to 64 ASCII letters, digits, `_` and `-`.
     */
    id: string;
    /**
     * 32 to 1,024 bytes, best random ones; of a string its UTF-8.
     */
    secret: string | Uint8Array;
}

/**
 * Until when a link is valid: a `Date`, or milliseconds.
 */
export interface SignOptions {
    expiresAt: Date | number;
}

/**
 * The moment to compare with the expiry, `Date.now()` without it: a `Date`, or milliseconds.
 */
export interface VerifyOptions {
    now?: Date | number | undefined;
}

/**
 * Signs orders and return URLs so that nobody without a key can make or change one, and verifies them. For workers and
 * servers: a page must not have the keys.
 *
 * The first key signs, all of them verify: to rotate, put a new key before the old one, and drop the old one when its
 * last link has expired. The format is documented for other languages, in the repository's `docs/signed-links.md`.
 *
 * @example
 * const signer = new LinkSigner([{ id: "2026-11", secret: "a secret of 32 bytes or more: ✓✓" }]);
 * const order = { merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5", amount: som(500), account: { order_id: "12" } };
 * const token = signer.sign(order, { expiresAt: Date.now() + 3600_000 });
 * signer.verify(token).amount; // { minor: 50000, currency: "UZS" }
 */
export class LinkSigner {
    /**
     * @throws {TiyinError} `missing_key`, `secret_too_short`, `invalid_key_id`, `duplicate_key_id`, `too_long`
     */
    constructor(keys: readonly SigningKey[]);

    /**
     * A token for an order: text that an address can carry.
     *
     * @throws {TiyinError} as `checkoutLink`; `not_milliseconds` for a number of seconds
     */
    sign(order: CheckoutOrder, options: SignOptions): string;

    /**
     * The order of a token. It says that somebody with a key made this order, not that anything was paid.
     *
     * @throws {TiyinError} `signature_invalid`, `link_expired`, `unknown_key`, `token_malformed`
     */
    verify(token: string, options?: VerifyOptions): CheckoutOrder;

    /**
     * The URL with claims about the payment in a parameter `tiyin` at its end. The URL is one that browsers leave as it
     * is: with a path, percent-encoded, the host by name and in lower case, without a fragment.
     *
     * @throws {TiyinError} `invalid_return_url`, `insecure_return_url`, `unsupported_scheme`, `not_milliseconds`,
     * `duplicate_parameter` where it has a `tiyin` already, `empty_account_key` for a claim without a name, `too_long`
     * @example
     * const signer = new LinkSigner([{ id: "2026-11", secret: "a secret of 32 bytes or more: ✓✓" }]);
     * const url = signer.signReturnUrl("https://shop.uz/paid", { order: "12" }, { expiresAt: Date.now() + 3600_000 });
     * signer.verifyReturnUrl(url); // { order: "12" }
     */
    signReturnUrl(url: string, claims: Record<string, string>, options: SignOptions): string;

    /**
     * The claims of a return URL, given as the payer's browser has it. They say that somebody with a key made this URL,
     * not that anything was paid; a URL to which anything was added is refused.
     *
     * @throws {TiyinError} as `verify`
     */
    verifyReturnUrl(url: string, options?: VerifyOptions): Record<string, string>;
}

/**
 * An amount of som: at most two decimals.
 *
 * A number counts by its shortest decimal form: `19.99` is exact, `0.1 + 0.2` is refused.
 *
 * @throws {TiyinError} `too_many_decimals`, `malformed_amount`, `empty_amount`, `not_a_number`, `not_finite`, `exponent`,
 * `amount_out_of_range`
 * @example
 * som("500.50"); // { minor: 50050, currency: "UZS" }
 */
export function som(value: string | number | bigint): Money;

/**
 * An amount of tiyin, hundredths of a som: a whole number.
 *
 * @throws {TiyinError} as `som`
 * @example
 * tiyin(50050); // { minor: 50050, currency: "UZS" }
 */
export function tiyin(value: string | number | bigint): Money;

/**
 * An amount of US dollars: at most two decimals.
 *
 * @throws {TiyinError} as `som`
 * @example
 * usd(19.99); // { minor: 1999, currency: "USD" }
 */
export function usd(value: string | number | bigint): Money;

/**
 * An amount of US cents: a whole number.
 *
 * @throws {TiyinError} as `som`
 * @example
 * cents(1999n); // { minor: 1999, currency: "USD" }
 */
export function cents(value: string | number | bigint): Money;

/**
 * The amount as decimal text of som or dollars: two decimals, or none where there are none.
 *
 * @example
 * toMajor(tiyin(50050)); // "500.50"
 * toMajor(som(500)); // "500"
 */
export function toMajor(money: Money): string;

/**
 * The amount as people read it, in Uzbek unless told otherwise. Spaces are U+00A0.
 *
 * @example
 * formatMoney(som("1000000.5")); // "1 000 000,50 soʻm"
 * formatMoney(usd("19.99"), "en"); // "$19.99"
 */
export function formatMoney(money: Money, locale?: Locale): string;

/**
 * An amount from what a person typed: `1 000 000,50`, `1.000.000,50`, `500 so'm`, `19.99`, `500сум`.
 *
 * Without `currency` the text decides, and som is meant where it names none. Where a single separator could group or
 * divide, as in `1,000`, nothing is guessed.
 *
 * @throws {TiyinError} `ambiguous_amount`, `currency_mismatch`, `malformed_amount`, `empty_amount`, `too_many_decimals`,
 * `amount_out_of_range`, `too_long`
 * @example
 * parseMoney("1 000 000,50 soʻm"); // { minor: 100000050, currency: "UZS" }
 */
export function parseMoney(text: string, currency?: Currency): Money;

/**
 * The exact sum of at least one amount, all of one currency.
 *
 * @throws {TiyinError} `currency_mismatch`, `amount_out_of_range`
 * @example
 * addMoney(som(0.1), som(0.2)); // { minor: 30, currency: "UZS" }
 */
export function addMoney(...money: Money[]): Money;

/**
 * The amount divided in the proportion of whole weights. The parts always sum to the amount: what does not divide
 * evenly goes to the parts with the largest remainders, earlier ones first.
 *
 * @throws {TiyinError} `invalid_weights`, `not_an_integer`, `amount_out_of_range`
 * @example
 * allocate(som(100), [1, 1, 1]).map(toMajor); // ["33.34", "33.33", "33.33"]
 */
export function allocate(money: Money, weights: readonly number[]): Money[];

/**
 * So many hundredths of a percent of the amount, rounded half to even unless told otherwise.
 *
 * @throws {TiyinError} `not_an_integer`, `amount_out_of_range`
 * @example
 * percentOf(som(1000), 1250); // { minor: 12500, currency: "UZS" }: 12.5 %
 */
export function percentOf(money: Money, basisPoints: number, rounding?: Rounding): Money;

/**
 * The amount in another currency. The rate is the price of one dollar in som, as exact decimal text.
 *
 * @throws {TiyinError} `invalid_rate`, `amount_out_of_range`
 * @example
 * convertMoney(usd("19.99"), "12650.55", "UZS"); // { minor: 25288449, currency: "UZS" }
 */
export function convertMoney(money: Money, rate: string, to: Currency, rounding?: Rounding): Money;

/**
 * An order as `reconcile` compares it. An order as it was sent will do.
 */
export interface ExpectedTransfer extends Partial<Omit<TransferRequest & BudgetRequest, "payee" | "kind">> {
    kind?: "requisites" | "budget" | undefined;
    orderId: string;
    payee: { account: string; name?: string | undefined; bankCode?: string | undefined; taxpayerId?: string | undefined };
    amount: Money;
    /**
     * How many spaces are between its words does not count.
     */
    purpose: string;
    /**
     * The first day that it can have been paid on; any day without it.
     */
    from?: string | undefined;
    /**
     * The last day that it can have been paid on; any day without it.
     */
    to?: string | undefined;
}

/**
 * Finds orders in a statement's rows of money that went out. A row has neither an order's id nor a payment's, so they are compared
 * by the payee's account, the amount, the purpose and the day; where those fit more than one, nothing is guessed (`ambiguous`). Rows
 * that came in, and those that the bank has deleted or not settled yet, are left aside.
 *
 * @throws {TiyinError} `missing_field`, `invalid_type`, `unknown_field`, `invalid_date` and others
 * @example
 * const order = { orderId: "100001", payee: { account: "29896000200000401070" }, amount: som(4), purpose: "тест" };
 * reconcile([], [order]).missing; // ["100001"]
 */
export function reconcile(rows: readonly StatementRow[], orders: readonly ExpectedTransfer[]): Reconciliation;

/**
 * How a QR code is drawn.
 */
export interface QrOptions {
    /**
     * How much of the code may be lost: about 7, 15, 25 or 30 %. `M` without it.
     */
    ecc?: ErrorCorrection | undefined;
    /**
     * The width of the light margin in modules, at most 64. 4 without it, which readers need.
     */
    margin?: number | undefined;
}

/**
 * The QR code of a text, such as a checkout link, as one `<svg>` element of black modules on white. It has no size of its
 * own: style its `width`.
 *
 * @throws {TiyinError} `too_long` beyond what a code holds (2,953 bytes at `L`, 1,273 at `H`), `missing_field` for empty text,
 * `invalid_margin`
 * @example
 * qrSvg("https://shop.uz/", { ecc: "Q" }).slice(0, 4); // "<svg"
 */
export function qrSvg(text: string, options?: QrOptions): string;

/**
 * The form of a service's account: a value for each field, what can be chosen, and what is wrong.
 *
 * It shows nothing itself. A page draws `fields`, calls `set` with what the payer chooses and types, and gives
 * `account()` to `getInfo` and `createPayment`. What is typed stays as it was typed; spaces around it count for nothing.
 *
 * @example
 * const text = { type: "text", content: "number", required: true, values: [] };
 * const region = { ...text, type: "select", values: [{ id: 7, value: "1", title: "Toshkent" }] };
 * const fields = [
 *   { ...region, fieldId: "9", name: "region", title: "Region" },
 *   { ...text, fieldId: "11", name: "customer_code", title: "Customer code", length: 7 },
 * ];
 * const form = new AccountForm({ min: som(500), max: som(5_000_000), fields });
 * form.set("region", "1");
 * form.set("customer_code", "100000O");
 * form.fields[1].error; // "not_numeric"
 * form.set("customer_code", "1000000");
 * form.account(); // { region: "1", customer_code: "1000000" }
 */
export class AccountForm {
    /**
     * A form of what `getFields` answered, filled in where values are given; of those nothing is cleared.
     *
     * @throws {TiyinError} `unknown_dependency`, `cyclic_dependency`, `duplicate_field`, each with the field's name as `field`;
     * `unknown_field` for a value without a field, and for what no service has
     */
    constructor(service: FormService, values?: Readonly<Record<string, string>>);

    /**
     * The fields in the service's order. The list and each field in it stay the same objects until something about them
     * changes; nothing of them can be changed.
     */
    get fields(): readonly FieldView[];

    /**
     * Sets what was chosen or typed. What was chosen in fields that depend on it, and cannot be chosen any more or means
     * something else now, is cleared, and so on down. Nothing is chosen by itself.
     *
     * @throws {TiyinError} `unknown_field`
     */
    set(name: string, value: string): void;

    /**
     * Calls a function after each change, until what is returned is called. It can be handed on by itself.
     *
     * @example
     * const form = new AccountForm({ min: som(500), max: som(5000), fields: [] });
     * const { subscribe } = form;
     * // In React: const fields = useSyncExternalStore(form.subscribe, () => form.fields);
     * const unsubscribe = subscribe(() => console.log(form.fields));
     * typeof unsubscribe; // "function"
     */
    subscribe(listener: () => void): () => void;

    /**
     * What is wrong, in the fields' order; where nothing is, `account()` has an answer.
     */
    errors(): FieldError[];

    /**
     * What is wrong with an amount for this service, or nothing. Limits of zero are none.
     *
     * @throws {TiyinError} `currency_mismatch` for an amount that is not in som
     * @example
     * const form = new AccountForm({ min: som(500), max: som(5000), fields: [] });
     * form.checkAmount(som("750.50")); // { name: "amount", code: "fractional_som" }
     */
    checkAmount(money: Money): FieldError | undefined;

    /**
     * The account, in the fields' order. What is empty and not required is left out.
     *
     * @throws {TiyinError} `account_incomplete` with all `errors`
     */
    account(): Record<string, string>;
}

/**
 * The part of a service that a form needs: what `getFields` answers, all of it or this.
 */
export type FormService = Pick<ServiceFields, "min" | "max"> & Partial<Omit<ServiceFields, "fields">> & {
    fields: readonly FieldSpec[];
};

/**
 * The account of a service for these values, as a form would give it.
 *
 * @throws {TiyinError} `account_incomplete` with all `errors`, and as `new AccountForm`
 * @example
 * const field = { fieldId: "11", name: "phone", title: "Phone", type: "text", content: "number", required: true, values: [] };
 * buildAccount({ min: som(500), max: som(5000), fields: [field] }, { phone: " 901234567" }); // { phone: "901234567" }
 */
export function buildAccount(service: FormService, values: Readonly<Record<string, string>>): Record<string, string>;

/**
 * The platform's `Request`, where it has one.
 */
export type PlatformRequest = typeof globalThis extends { Request: { prototype: infer T } } ? T : unknown;

/**
 * The platform's `Response`, where it has one.
 */
export type PlatformResponse = typeof globalThis extends { Response: { prototype: infer T } } ? T : unknown;

/**
 * The platform's `AbortSignal`, where it has one.
 */
export type PlatformSignal = PlatformRequest extends { readonly signal: infer T } ? T : unknown;

/**
 * What every client takes. Pages reach providers through a proxy, which has the credentials.
 */
export interface ClientConfig {
    /**
     * Everything before the provider's own path, absolute and `https` (`http` for localhost and 127.0.0.1): of a page its
     * proxy, as in `https://shop.uz/api/paylov`.
     */
    baseUrl: string;
    /**
     * What sends the requests, called with a `Request`; the global `fetch` of the moment without it.
     */
    fetch?: ((request: PlatformRequest) => Promise<PlatformResponse>) | undefined;
    /**
     * What a call may take in milliseconds, with all that is sent again; 30,000 without it, a day at most.
     */
    timeoutMs?: number | undefined;
    /**
     * How many times more a read is sent that failed; 2 without it, 5 at most. Nothing else is ever sent again by itself.
     */
    retry?: number | undefined;
    /**
     * Other headers, such as a session's at the proxy. Those that carry providers' credentials are refused.
     */
    headers?: Record<string, string> | undefined;
    /**
     * The time in milliseconds; `Date.now` without it.
     */
    now?: (() => number) | undefined;
}

/**
 * What a single call takes last.
 */
export interface CallOptions {
    /**
     * Ends the call. What was sent already may still be executed: the error says what is known.
     */
    signal?: PlatformSignal | undefined;
    /**
     * What this call may take in milliseconds.
     */
    timeoutMs?: number | undefined;
    /**
     * The `Idempotency-Key` of a call that is no read; a fresh one without it. A repeat under the same key is not executed
     * twice where the proxy keeps keys.
     */
    idempotencyKey?: string | undefined;
}

/**
 * What a client for Paylov's service payments takes.
 */
export interface PaylovServicesConfig extends ClientConfig {
    /**
     * The path of the list of paid payments, where it is the other one that Paylov's document has:
     * `merchant/servicePayment/transaction/all/`. Segments of letters, digits and `-._~` (`invalid_id` otherwise).
     */
    listPaidPath?: string | undefined;
}

/**
 * The same with Paylov's credential, for servers.
 */
export interface PaylovServerConfig extends PaylovServicesConfig {
    /**
     * The key that Paylov gives, or a bearer token.
     */
    auth: { apiKey: string } | { bearer: string };
}

/**
 * Which services are wanted.
 */
export interface ServicesFilter {
    /**
     * Only those that the merchant may use; all without it.
     */
    availableForMe?: boolean | undefined;
}

/**
 * Whose account is asked about.
 */
export interface InfoQuestion {
    serviceId: string;
    /**
     * A value for each field of the service.
     */
    account: Record<string, string>;
}

/**
 * A payment to prepare.
 */
export interface PaymentRequest {
    serviceId: string;
    /**
     * A value for each field of the service.
     */
    account: Record<string, string>;
    /**
     * Of whole som, between the service's `min` and `max`.
     */
    amount: Money;
    /**
     * The merchant's own id of the payer.
     */
    userId?: string | undefined;
    /**
     * The card that will pay. Its holder gets a code by SMS, which `pay` then needs.
     */
    cardId?: string | undefined;
    /**
     * The telephone number that the card must have, as people type it.
     */
    phoneNumber?: string | undefined;
    /**
     * Details of the SMS; Paylov does not document which.
     */
    sms?: Record<string, string> | undefined;
}

/**
 * A prepared payment to pay.
 */
export interface PayRequest {
    transactionId: string;
    /**
     * The card that pays.
     */
    cardId: string;
    /**
     * The merchant's own id of the payer.
     */
    userId?: string | undefined;
    /**
     * The code that the card's holder got by SMS, where the payment was created with a card.
     */
    otp?: string | undefined;
}

/**
 * Which paid payments are wanted; each filter that is given narrows them. How dates are written is not documented; answers have
 * `2024-11-21 11:48:47`.
 */
export interface PaidFilter {
    serviceId?: string | undefined;
    userId?: string | undefined;
    beginDate?: string | undefined;
    endDate?: string | undefined;
}

/**
 * What `payAndConfirm` takes last.
 */
export interface ConfirmOptions extends CallOptions {
    /**
     * Whether this payment may have been sent before, by this page or another process: then it is not sent again, only
     * asked for. After a reload or a crash say so.
     */
    wasSent?: boolean | undefined;
    /**
     * The first wait between two questions in milliseconds, 1,000 without it; later ones are longer.
     */
    pollEveryMs?: number | undefined;
    /**
     * What all of it may take in milliseconds; 60,000 without it, a day at most. The payment takes half of it at most, and never
     * more than `timeoutMs`, so that time is left to ask.
     */
    deadlineMs?: number | undefined;
}

/**
 * What became of a payment. `pending` means that nobody knows yet: ask again later with `wasSent`, never pay again.
 */
export interface Confirmation extends PaidInformation {
    status: Confirmed;
    /**
     * What the payment itself failed with, where it is `pending` and this call sent it.
     */
    error?: import("../error.js").TiyinError;
}

/**
 * What is known of a payment besides its status.
 */
export type PaidInformation = Partial<Omit<PaidBill, "transactionId"> & Omit<PaymentState, "transactionId" | "status">> &
Pick<PaidBill, "transactionId">;

/**
 * The calls of Paylov's service payments. Each returns a promise and rejects with a `TiyinError`: its `outcome` says whether
 * money may have moved, and `nextAction` what to do. Reads are sent again by themselves where they fail, nothing else ever is.
 *
 * In the examples of its methods `paylov` is the client of this one, of a sandbox in place of Paylov.
 *
 * @example
 * const { fetch } = createSandbox(); // from "tiyin/sandbox"
 * const paylov = new PaylovServices({ baseUrl: "https://shop.uz/paylov", fetch });
 * (await paylov.listServices()).length; // 14
 */
export interface PaylovMethods {
    /**
     * The services that can be paid. An entry that cannot be read, and so not be paid, is left out; where none can be, the
     * answer is `unexpected_answer`.
     *
     * @example
     * const [electricity] = await paylov.listServices({ availableForMe: true });
     * electricity.min; // { minor: 50000, currency: "UZS" }
     * electricity.category.name; // "Коммунальные услуги"
     */
    listServices(filter?: ServicesFilter, options?: CallOptions): Promise<Service[]>;

    /**
     * A service, and what it asks a payer for. A value that cannot be read is left out, a field never.
     *
     * @example
     * const { fields } = await paylov.getFields("d2369eff-a542-4d59-90d1-f00c76d0b4e4");
     * fields.map(({ name, type }) => [name, type]); // [["region", "select"], ["account", "text"]]
     */
    getFields(serviceId: string, options?: CallOptions): Promise<ServiceFields>;

    /**
     * Whose account it is and what is owed, of a service with `hasInfo`.
     *
     * @example
     * const account = { region: "1", account: "1000402" };
     * const rows = await paylov.getInfo({ serviceId: "d2369eff-a542-4d59-90d1-f00c76d0b4e4", account });
     * rows[1]; // { name: "saldo", title: "Баланс", value: "-120000.00 UZS" }
     */
    getInfo(question: InfoQuestion, options?: CallOptions): Promise<InfoRow[]>;

    /**
     * Prepares a payment; no money moves. Where the answer is lost, create again.
     *
     * @throws {TiyinError} `fractional_som`, `amount_not_positive`, `currency_mismatch`, `empty_text`, `invalid_phone` and
     * others before anything is sent
     *
     * @example
     * const payment = { serviceId: "3b03419c-2850-401f-b418-75d4c9b71b66", account: { phone: "901234567" } };
     * const { transactionId } = await paylov.createPayment({ ...payment, amount: som(5000) });
     * (await paylov.getStatus(transactionId)).status; // "created"
     * await paylov.createPayment({ ...payment, amount: som("500.50") }); // throws fractional_som
     */
    createPayment(payment: PaymentRequest, options?: CallOptions): Promise<CreatedPayment>;

    /**
     * Moves the money. It is sent once: where its outcome is `unknown`, ask for the status before anything else, and take
     * `created` for "not known yet". `payAndConfirm` does that.
     *
     * @example
     * const payment = { serviceId: "3b03419c-2850-401f-b418-75d4c9b71b66", account: { phone: "901234567" } };
     * const { transactionId } = await paylov.createPayment({ ...payment, amount: som(5000) });
     * const bill = await paylov.pay({ transactionId, cardId: "9f877739-2149-4831-88a4-d1857309c77c" });
     * bill.transactionId === transactionId; // true
     * (await paylov.getStatus(transactionId)).status; // "paid"
     */
    pay(payment: PayRequest, options?: CallOptions): Promise<PaidBill>;

    /**
     * What became of a payment. Its `amount` is absent where the answer has none that can be read: the status counts all the
     * same.
     *
     * @example
     * const payment = { serviceId: "3b03419c-2850-401f-b418-75d4c9b71b66", account: { phone: "901234567" } };
     * const { transactionId } = await paylov.createPayment({ ...payment, amount: som(5000) });
     * const { status, amount } = await paylov.getStatus(transactionId);
     * status; // "created"
     * amount; // { minor: 500000, currency: "UZS" }
     */
    getStatus(transactionId: string, options?: CallOptions): Promise<PaymentState>;

    /**
     * The merchant's paid payments. One that cannot be read fails the call. `total` can be larger than `payments.length`: whether
     * there are pages is not documented.
     *
     * @example
     * await paylov.listPaid({ userId: "007" }); // { total: 0, payments: [] }
     */
    listPaid(filter?: PaidFilter, options?: CallOptions): Promise<PaidList>;

    /**
     * Pays once, and asks for the status until it is certain what became of it or `deadlineMs` is over (`pending`). A refusal
     * rejects, and so does a call that is aborted, with the payment's own failure as `cause`.
     *
     * A second call of the same client for a payment under way joins the first, whichever card it names, until its own signal
     * or deadline; a later one only asks, unless the payment was refused. Other pages, other servers and `pay` do not know of
     * that: for them there is `wasSent`.
     *
     * @example
     * // The answer to the payment is lost.
     * const { fetch } = createSandbox({ faults: { rules: [{ kind: "drop_after", route: "pay" }] } });
     * const paylov = new PaylovServices({ baseUrl: "https://shop.uz/paylov", fetch });
     * const payment = { serviceId: "3b03419c-2850-401f-b418-75d4c9b71b66", account: { phone: "901234567" } };
     * const { transactionId } = await paylov.createPayment({ ...payment, amount: som(5000) });
     * const cardId = "9f877739-2149-4831-88a4-d1857309c77c";
     * (await paylov.payAndConfirm({ transactionId, cardId })).status; // "paid"
     */
    payAndConfirm(payment: PayRequest, options?: ConfirmOptions): Promise<Confirmation>;
}

/**
 * What a client for a bank's payments by requisites takes, for servers.
 */
export interface BankServerConfig extends ClientConfig {
    /**
     * The user name and the password that the bank gives.
     */
    auth: { username: string; password: string };
}

/**
 * What orders of both kinds have.
 */
export interface TransferRequest {
    /**
     * The merchant's own id of the order. The bank pays an order of one id once; it stands in a path, so spaces and `/ \ ? # %`
     * are refused.
     */
    orderId: string;
    /**
     * What for, in words.
     */
    purpose: string;
    serviceId: string;
    /**
     * What the payee gets, in UZS.
     */
    amount: Money;
    /**
     * The commission, which is not a part of the amount; it may be nothing.
     */
    commission: Money;
    /**
     * The card that the money came from.
     */
    card?: TransferCard | undefined;
    /**
     * The service's type, where it is known: with `working_with_card` an order without a card is refused before it is sent.
     */
    serviceType?: BankServiceType | undefined;
}

/**
 * The card that an order's money came from.
 */
export interface TransferCard {
    network: "UZCARD" | "HUMO";
    /**
     * All 16 digits, with spaces or without.
     */
    pan: string;
    /**
     * The reference number that the payment from the card is known by.
     */
    rrn: string;
}

/**
 * An order to an account at a bank.
 */
export interface RequisitesRequest extends TransferRequest {
    kind?: "requisites" | undefined;
    payee: {
        name: string;
        /**
         * The bank's code (MFO), of 5 digits.
         */
        bankCode: string;
        /**
         * Of 20 digits.
         */
        account: string;
        /**
         * The number as a taxpayer (INN), of 9 digits.
         */
        taxpayerId?: string | undefined;
    };
}

/**
 * An order to a budget.
 */
export interface BudgetRequest extends TransferRequest {
    kind?: "budget" | undefined;
    payee: {
        /**
         * Of 27 digits.
         */
        account: string;
        /**
         * The number as a taxpayer (INN), of 9 digits.
         */
        taxpayerId: string;
    };
    /**
     * What for, as a code of 5 digits.
     */
    purposeCode: string;
}

/**
 * An order of either kind, for `settle`.
 */
export type TransferOrder = ({ kind: "requisites" } & RequisitesRequest) | ({ kind: "budget" } & BudgetRequest);

/**
 * What tells an order from every other, in 64 digits, without the card's number. Store it with the order before the first `settle`;
 * after a crash give it to the next one as `orderHash`: the crashed call may have sent the order.
 *
 * @throws {TiyinError} what `settle` throws before anything is sent
 *
 * @example
 * transferOrderHash({ kind: "requisites", ...order }).length; // 64
 * transferOrderHash({ kind: "requisites", ...order, amount: som(0) }); // throws amount_not_positive
 */
export function transferOrderHash(order: TransferOrder): string;

/**
 * Which rows of a statement are wanted.
 */
export interface StatementQuery {
    serviceId: string;
    direction: "all" | "credit" | "debit";
    /**
     * The first day, as in `2023-02-01`.
     */
    from: string;
    /**
     * The last day.
     */
    to: string;
    /**
     * The largest `id` that is at hand; all rows without it. The row of this id can come again from `listStatement`.
     */
    afterId?: number | undefined;
}

/**
 * What `settle` takes last. Times are milliseconds, a day at most.
 */
export interface SettleOptions extends CallOptions {
    /**
     * The first wait between two questions, 2,000 without it; later ones are longer.
     */
    pollEveryMs?: number | undefined;
    /**
     * How long the bank must go on saying that there is no such order after a send whose fate is unknown, before the order is
     * sent again; 60,000 without it.
     */
    quietMs?: number | undefined;
    /**
     * What all of it may take; 300,000 without it.
     */
    deadlineMs?: number | undefined;
    /**
     * How many times the order is sent at most, 10 at most; 3 without it. With 0 it is only asked for.
     */
    maxCreates?: number | undefined;
    /**
     * What an earlier call told, or `transferOrderHash` before one that may have begun. Another order under the same id is then refused as `order_mismatch`; and as that call may have sent
     * it, the bank must go on saying for `quietMs` that there is none.
     */
    orderHash?: string | undefined;
}

/**
 * What became of an order. Only `settled` is paid. `deleted` is final for its id: what is still to be paid is another order.
 * `pending` means that nobody knows yet: settle it again with its `orderHash`, never under another id.
 */
export interface Settlement {
    status: "settled" | "deleted" | "pending";
    /**
     * What is known where it is `pending`.
     */
    known?: KnownTransfer;
    /**
     * The bank's number of the payment.
     */
    documentId?: string;
    /**
     * The order in 64 digits, without the card's number. Keep it beside the order.
     */
    orderHash: string;
    /**
     * How many times this call sent the order.
     */
    creates: number;
    /**
     * Where it is `pending`, what the order itself failed with, or the last question; its outcome is `unknown`, as the order's is.
     */
    error?: import("../error.js").TiyinError;
}

/**
 * The calls of a bank's payments by requisites. Each returns a promise and rejects with a `TiyinError`: its `outcome` says whether
 * money may have moved, and `nextAction` what to do. Reads are sent again by themselves where they fail; an order is sent again only
 * by `settle`, under the same id.
 *
 * In the examples of its methods `bank` is the client of this one, of a sandbox in place of a bank, and `order` one to an account.
 *
 * @example
 * const { fetch } = createSandbox(); // from "tiyin/sandbox"
 * const bank = new BankTransfers({ baseUrl: "https://shop.uz/bank", fetch });
 * (await bank.listServices()).length; // 7
 */
export interface BankMethods {
    /**
     * The services that orders are sent through. An entry without an id is left out.
     *
     * @example
     * const [, , splitting] = await bank.listServices();
     * splitting.type; // "card_is_optional"
     */
    listServices(options?: CallOptions): Promise<BankService[]>;

    /**
     * Orders a payment to an account at a bank. The answer is mostly `accepted`, which is not paid; `settle` asks until it is.
     *
     * @throws {TiyinError} `invalid_digits`, `unprintable_text`, `amount_not_positive`, `currency_mismatch`, `invalid_id`,
     * `missing_field` and others before anything is sent
     *
     * @example
     * (await bank.createPayment(order)).status; // "accepted"
     * (await bank.getPayment(order.orderId)).raw; // "Введен"
     * await bank.createPayment({ ...order, purpose: "a\nb" }); // throws unprintable_text
     */
    createPayment(order: RequisitesRequest, options?: CallOptions): Promise<TransferState>;

    /**
     * Orders a payment to a budget. The answer is mostly `accepted`, which is not paid; `settle` asks until it is.
     *
     * @throws {TiyinError} as `createPayment`
     *
     * @example
     * const { payee, ...rest } = order;
     * const budget = { account: "400522860262837950100251028", taxpayerId: "207099143" };
     * (await bank.createBudgetPayment({ ...rest, payee: budget, purposeCode: "09510" })).status; // "accepted"
     */
    createBudgetPayment(order: BudgetRequest, options?: CallOptions): Promise<TransferState>;

    /**
     * How an order of either kind stands. Where the bank has none of this id, `providerCode` is `1008`.
     *
     * @example
     * await bank.getPayment("unheard-of"); // throws provider_error
     */
    getPayment(orderId: string, options?: CallOptions): Promise<TransferState>;

    /**
     * What is on a service's account.
     *
     * @example
     * (await bank.getBalance("33")).currency; // "UZS"
     */
    getBalance(serviceId: string, options?: CallOptions): Promise<Money>;

    /**
     * One page of a service's statement as the bank gives it. A row that cannot be read fails the call: a sum without it would be wrong.
     *
     * @throws {TiyinError} `invalid_date`, `out_of_range`, `not_an_integer`, `not_an_option` and others before anything is sent
     *
     * @example
     * const query = { serviceId: "33", direction: "all", from: "2023-01-01", to: "2023-02-21" };
     * (await bank.listStatement(query)).length; // 1
     */
    listStatement(query: StatementQuery, options?: CallOptions): Promise<StatementRow[]>;

    /**
     * All rows of a statement, page by page, from the smallest id to the largest, each once. Where reading breaks off, go on with
     * the last row's id as `afterId`. The options are those of each page.
     *
     * @example
     * const query = { serviceId: "33", direction: "debit", from: "2023-01-01", to: "2023-02-21" };
     * const rows = [];
     * for await (const row of bank.statement(query)) rows.push(row);
     * rows.length; // 0
     */
    statement(query: StatementQuery, options?: CallOptions): AsyncIterableIterator<StatementRow>;

    /**
     * What the settled rows of a statement come to, and how many rows there are of any status.
     *
     * @throws {TiyinError} `unexpected_answer` where a row's direction or status is none that is known
     *
     * @example
     * const query = { serviceId: "33", direction: "all", from: "2023-01-01", to: "2023-02-21" };
     * (await bank.statementTotals(query)).rows; // 1
     */
    statementTotals(query: StatementQuery, options?: CallOptions): Promise<StatementTotals>;

    /**
     * Sends an order and asks until it is certain what became of it, or `deadlineMs` is over (`pending`). It asks first, sends
     * only what the bank says it does not have, and always under the same id. A refusal rejects, and so does a call that is aborted.
     *
     * A second call of the same order joins the first, and a client remembers the hashes of the orders that it has sent. Other
     * pages and other servers, and this one after a crash, do not know of that: for them there is `orderHash`. Without it `settled`
     * is said of the id, whatever the order was that the bank has under it.
     *
     * @example
     * // The answer to the order is lost.
     * let time = Date.parse("2023-02-01");
     * const sandbox = createSandbox({ now: () => time, faults: { rules: [{ kind: "drop_after", route: "bank/payment" }] } });
     * const bank = new BankTransfers({ baseUrl: "https://shop.uz/bank", fetch: (...given) => ((time += 60_000), sandbox.fetch(...given)) });
     * const { status, creates } = await bank.settle({ kind: "requisites", ...order }, { pollEveryMs: 1 });
     * status; // "settled"
     * creates; // 1
     */
    settle(order: TransferOrder, options?: SettleOptions): Promise<Settlement>;
}

/**
 * Where checkout links lead.
 */
export interface CheckoutOptions {
    /**
     * Everything before the encoded query, absolute and `https`; a missing slash at its end is added. Paylov's page without it.
     */
    baseUrl?: string | undefined;
}

/**
 * The link to Paylov's checkout page for an order.
 *
 * Paylov does not sign these links: a payer can decode one and change the amount. Only Paylov's callback to the merchant
 * tells what was paid.
 *
 * @throws {TiyinError} `not_a_uuid`, `amount_not_positive`, `missing_account`, `insecure_return_url`, `unknown_field` and
 * others; `field` names the member
 * @example
 * checkoutLink({
 *   merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5",
 *   amount: som(500),
 *   account: { order_id: "12" },
 * }); // "https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcx…"
 */
export function checkoutLink(order: CheckoutOrder, options?: CheckoutOptions): string;

/**
 * The links of many orders, in their order; far faster than one by one.
 *
 * As with `checkoutLink`, nothing in a link is signed: only Paylov's callback tells what was paid.
 *
 * @throws {TiyinError} the first refused order's, with its place in `field`: `orders[3].amount`
 * @example
 * const order = { merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5", amount: som(500), account: { order_id: "12" } };
 * checkoutLinks([order, { ...order, amount: som(600) }]).length; // 2
 */
export function checkoutLinks(orders: readonly CheckoutOrder[], options?: CheckoutOptions): string[];

/**
 * Reads a checkout link, or only its base64, and says what is wrong with it. A link is no proof of anything: anyone can
 * make one.
 *
 * @throws {TiyinError} `malformed_link`, `missing_parameter`, `duplicate_parameter`, `invalid_parameter` and others for
 * what cannot be an order
 * @example
 * const link =
 *   "https://my.paylov.uz/checkout/create/" +
 *   "bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg==";
 * parseCheckoutLink(link).order.account; // { order_id: "12" }
 * parseCheckoutLink(link).warnings; // []
 */
export function parseCheckoutLink(link: string): ParsedCheckoutLink;

/**
 * A bill that was paid. Times are as Paylov writes them, without a time zone.
 */
export interface PaidBill {
    /**
     * The payment's id.
     */
    transactionId: string;
    /**
     * The card that paid.
     */
    cardId?: string;
    /**
     * When: `2024-10-14 15:07:23`.
     */
    paidAt?: string;
    /**
     * The retrieval reference number, which the payer's bank knows the payment by.
     */
    rrn?: string;
    /**
     * The merchant's number at the processing centre.
     */
    eposMerchant?: string;
    /**
     * The terminal's number at the processing centre.
     */
    eposTerminal?: string;
    /**
     * What the service tells about the account.
     */
    info?: InfoRow[];
}

/**
 * A field as a page shows it.
 */
export interface FieldView {
    /**
     * The name in the account.
     */
    readonly name: string;
    /**
     * What to ask.
     */
    readonly title: string;
    /**
     * Whether the payer chooses or types.
     */
    readonly kind: FieldKind;
    /**
     * Whether the payer types digits only.
     */
    readonly numeric: boolean;
    /**
     * Whether a payment needs it.
     */
    readonly required: boolean;
    /**
     * What was chosen or typed, as it was given; empty where nothing was.
     */
    readonly value: string;
    /**
     * What can be chosen beside the values of the other fields.
     */
    readonly options: readonly FieldOption[];
    /**
     * What is wrong with the value, also where nobody has touched the field yet: when to show it is the page's choice.
     */
    readonly error?: FieldErrorCode;
    /**
     * What a page may want to know besides.
     */
    readonly notes: readonly FieldNote[];
}

/**
 * A group of services.
 */
export interface Category {
    /**
     * The category's id at Paylov.
     */
    id: number;
    /**
     * The name, in the language that Paylov has it in.
     */
    name: string;
}

/**
 * A line about an account, such as its holder's name or its balance, as the service writes it.
 *
 * Values are text for people: `15105.15 UZS`, `14.10.2024 14:53:48`. They are not read further, and no time zone is guessed.
 */
export interface InfoRow {
    /**
     * The line's name: `fio`, `saldo`.
     */
    name: string;
    /**
     * What to show before the value.
     */
    title: string;
    /**
     * The value.
     */
    value: string;
    /**
     * What to show behind the value, such as a currency.
     */
    postfix?: string;
}

/**
 * A movement on an account. Times are as the bank writes them, without a time zone.
 */
export interface StatementRow {
    /**
     * The movement's id.
     */
    id: number;
    /**
     * Whether it came in or went out.
     */
    direction: MovementDirection;
    /**
     * The amount.
     */
    amount: Money;
    /**
     * Who paid.
     */
    payer: StatementParty;
    /**
     * Who was paid.
     */
    payee: StatementParty;
    /**
     * What for.
     */
    purpose: string;
    /**
     * The number of the document.
     */
    documentNumber?: string;
    /**
     * When: `2023-02-01 16:32:23`.
     */
    documentDate?: string;
    /**
     * The bank's day: `2023-02-01 00:00:00`.
     */
    bankDate?: string;
    /**
     * How it stands.
     */
    status: TransferStatus;
}

/**
 * A payment that is ready to be paid.
 */
export interface CreatedPayment {
    /**
     * The id to pay it by, and to ask for its status by.
     */
    transactionId: string;
    /**
     * Whose bill it is.
     */
    info: InfoRow[];
    /**
     * The telephone number that the code was sent to, mostly hidden; absent where there is no code.
     */
    otpSentPhone?: string;
}

/**
 * A payment that was paid.
 */
export interface PaidPayment {
    /**
     * The payment's id.
     */
    id: string;
    /**
     * The merchant's own id of the payer.
     */
    userId?: string;
    /**
     * The card's number, mostly hidden.
     */
    maskedPan: string;
    /**
     * The card's holder.
     */
    owner?: string;
    /**
     * The amount.
     */
    amount: Money;
    /**
     * When: `2024-11-21 11:48:47`, without a time zone.
     */
    date: string;
    /**
     * The service's id.
     */
    serviceId: string;
}

/**
 * A service, and what it asks for and tells.
 */
export interface ServiceFields extends Service {
    /**
     * What to ask the payer for.
     */
    fields: FieldSpec[];
    /**
     * What the service may tell about an account.
     */
    responseFields: ResponseField[];
}

/**
 * An exact amount of money: whole minor units of one currency.
 */
export interface Money {
    /**
     * Whole tiyin or cents, a safe integer.
     */
    readonly minor: number;
    /**
     * The currency that `minor` counts hundredths of.
     */
    readonly currency: Currency;
}

/**
 * An order as a checkout link carries it.
 */
export interface CheckoutOrder {
    /**
     * The merchant's id at Paylov: a UUID of any version.
     */
    merchantId: string;
    /**
     * What is to be paid; above zero.
     */
    amount: Money;
    /**
     * What is paid for, under the names agreed with Paylov: `{ order_id: "12" }`. At least one entry, no empty name.
     */
    account: Record<string, string>;
    /**
     * Where the payer comes back to: absolute, `https` (`http` only for localhost and 127.0.0.1).
     */
    returnUrl?: string | undefined;
    /**
     * The currency the payment is made in, at the Central Bank's rate of that moment.
     */
    convertTo?: Currency | undefined;
    /**
     * The unit the link writes the amount in. Without it: major for whole UZS, minor otherwise.
     */
    wireUnit?: "major" | "minor" | undefined;
}

/**
 * An order, and a row that is as it should be but for one member.
 */
export interface DifferentTransfer {
    /**
     * The order's id.
     */
    orderId: string;
    /**
     * The row's id.
     */
    rowId: number;
    /**
     * What is different: `amount`, `purpose` or `date`.
     */
    field: "amount" | "purpose" | "date";
}

/**
 * An order, and its row.
 */
export interface MatchedTransfer {
    /**
     * The order's id.
     */
    orderId: string;
    /**
     * The row's id.
     */
    rowId: number;
}

/**
 * How a payer answers.
 */
export type FieldKind = "select" | "text";

/**
 * How an order stands.
 */
export interface TransferState {
    /**
     * How it stands. Only `settled` is paid.
     */
    status: TransferStatus;
    /**
     * The bank's number of the payment: `1180_1841519885`.
     */
    documentId?: string;
    /**
     * The status in the bank's own word.
     */
    raw: string;
}

/**
 * How an order stands.
 */
export type TransferStatus = "accepted" | "settled" | "deleted" | "other";

/**
 * How much of a QR code may be lost.
 */
export type ErrorCorrection = "L" | "M" | "Q" | "H";

/**
 * One flaw of a link.
 */
export interface LinkWarning {
    /**
     * The kind of flaw, to decide by.
     */
    readonly code: LinkWarningCode;
    /**
     * What is wrong, for developers.
     */
    readonly message: string;
    /**
     * The parameter it is about, as the link spells it: `return_url`.
     */
    readonly field?: string;
}

/**
 * One side of a movement. What the bank leaves out is empty.
 */
export interface StatementParty {
    /**
     * The name.
     */
    name: string;
    /**
     * The bank that has the account.
     */
    bankCode: string;
    /**
     * The account.
     */
    account: string;
    /**
     * The number as a taxpayer.
     */
    taxpayerId: string;
}

/**
 * One thing to ask a payer for. Its value goes into the account under its name.
 */
export interface FieldSpec {
    /**
     * The field's id at Paylov.
     */
    fieldId: string;
    /**
     * The name in the account.
     */
    name: string;
    /**
     * What to ask.
     */
    title: string;
    /**
     * Whether the payer chooses or types.
     */
    type: FieldKind;
    /**
     * What the payer types.
     */
    content: FieldContent;
    /**
     * A pattern that the value must match, of a dialect that is not documented.
     */
    validation?: string;
    /**
     * The longest value, in characters.
     */
    length?: number;
    /**
     * Whether a payment needs it.
     */
    required: boolean;
    /**
     * The name of the field whose value decides which values can be chosen.
     */
    dependencyOf?: string;
    /**
     * What can be chosen.
     */
    values: FieldValue[];
}

/**
 * Orders and rows that are alike: which is which, cannot be told.
 */
export interface AmbiguousTransfers {
    /**
     * The orders' ids.
     */
    orderIds: string[];
    /**
     * The rows' ids.
     */
    rowIds: number[];
}

/**
 * Paid payments.
 */
export interface PaidList {
    /**
     * How many there are, as Paylov says; the number of `payments` where it says none that can be read. It can be larger than
     * that, since paging is not documented.
     */
    total: number;
    /**
     * The payments.
     */
    payments: PaidPayment[];
}

/**
 * Something that can be chosen.
 */
export interface FieldOption {
    /**
     * The value's id at Paylov.
     */
    readonly id: number;
    /**
     * What to set.
     */
    readonly value: string;
    /**
     * What to show.
     */
    readonly title: string;
}

/**
 * Something to know of a field that is no error.
 */
export type FieldNote = "pattern_not_checked";

/**
 * The currency of an amount.
 */
export type Currency = "UZS" | "USD";

/**
 * The languages amounts are written in.
 */
export type Locale = "uz" | "ru" | "en";

/**
 * The stable name of one flaw of a link that could be read all the same.
 */
export type LinkWarningCode = "unencoded_query" | "json_payload" | "nonstandard_base64" | "unknown_parameter" | "malformed_percent" | "foreign_base_url" | "not_a_uuid" | "missing_account" | "insecure_return_url" | "unsupported_scheme" | "invalid_return_url";

/**
 * The stable name of one kind of failure.
 *
 * New codes come with minor versions.
 */
export type ErrorCode = "invalid_type" | "unknown_field" | "missing_field" | "unreadable" | "too_long" | "lone_surrogate" | "not_an_option" | "empty_amount" | "malformed_amount" | "not_a_number" | "not_finite" | "exponent" | "too_many_decimals" | "amount_out_of_range" | "ambiguous_amount" | "currency_mismatch" | "not_an_integer" | "invalid_weights" | "invalid_rate" | "amount_not_positive" | "fractional_som" | "fractional_dollar" | "not_a_uuid" | "missing_account" | "empty_account_key" | "insecure_return_url" | "unsupported_scheme" | "invalid_return_url" | "invalid_base_url" | "malformed_link" | "missing_parameter" | "duplicate_parameter" | "invalid_parameter" | "wasm_unavailable" | "module_corrupted" | "internal" | "signature_invalid" | "link_expired" | "unknown_key" | "token_malformed" | "missing_key" | "invalid_key_id" | "duplicate_key_id" | "secret_too_short" | "not_milliseconds" | "invalid_margin" | "aborted" | "timed_out" | "network_error" | "fetch_unavailable" | "request_not_made" | "not_a_response" | "redirected" | "empty_answer" | "not_json" | "truncated_answer" | "answer_too_large" | "unexpected_answer" | "unexpected_status" | "provider_error" | "rate_limited" | "server_error" | "proxy_refused" | "credential_not_allowed" | "invalid_header" | "out_of_range" | "empty_text" | "invalid_id" | "invalid_phone" | "account_incomplete" | "unknown_dependency" | "cyclic_dependency" | "duplicate_field" | "invalid_digits" | "unprintable_text" | "invalid_date" | "order_mismatch";

/**
 * What a link asks for, and what is wrong with the link.
 */
export interface ParsedCheckoutLink {
    /**
     * The order; with a warning it may be one that no link would be built for.
     */
    readonly order: CheckoutOrder;
    /**
     * Empty for a link as this crate builds it to Paylov's own page.
     */
    readonly warnings: LinkWarning[];
}

/**
 * What a payer types.
 */
export type FieldContent = "text" | "number";

/**
 * What a service may tell about an account.
 */
export interface ResponseField {
    /**
     * The field's id at Paylov.
     */
    fieldId: string;
    /**
     * The name of the info row that it becomes.
     */
    name: string;
    /**
     * What to show before the value.
     */
    title: string;
    /**
     * What to show behind the value, such as a currency.
     */
    postfix?: string;
}

/**
 * What a statement comes to.
 */
export interface StatementTotals {
    /**
     * What came in.
     */
    credit: Money;
    /**
     * What went out.
     */
    debit: Money;
    /**
     * How many rows there are, of any status.
     */
    rows: number;
}

/**
 * What an order is sent through.
 */
export interface BankService {
    /**
     * The service's id.
     */
    id: string;
    /**
     * The name, in the bank's language.
     */
    name: string;
    /**
     * Whether it can be used.
     */
    active: boolean;
    /**
     * Whether orders name a card.
     */
    type: BankServiceType;
    /**
     * The merchant's account.
     */
    account: string;
    /**
     * The type in the bank's own word.
     */
    raw: string;
}

/**
 * What became of a payment.
 */
export type PaymentStatus = "created" | "paid" | "cancelled" | "other";

/**
 * What became of a payment. Times are as Paylov writes them, without a time zone.
 */
export interface PaymentState {
    /**
     * The payment's id.
     */
    transactionId: string;
    /**
     * What became of it.
     */
    status: PaymentStatus;
    /**
     * The amount; absent where the answer has none that can be read, which leaves the status as certain as it is.
     */
    amount?: Money;
    /**
     * The service's id.
     */
    serviceId?: string;
    /**
     * When it was paid: `2024-10-14 15:07:23`.
     */
    paidAt?: string;
    /**
     * When it was cancelled.
     */
    cancelledAt?: string;
    /**
     * The status in Paylov's own word.
     */
    raw: string;
}

/**
 * What can be chosen.
 */
export interface FieldValue {
    /**
     * The value's id at Paylov.
     */
    id: number;
    /**
     * What goes into the account.
     */
    value: string;
    /**
     * What to show.
     */
    title: string;
    /**
     * The value of the field above for which this can be chosen; without it, for every one.
     */
    filter?: string;
}

/**
 * What can be paid for.
 */
export interface Service {
    /**
     * The service's id at Paylov.
     */
    serviceId: string;
    /**
     * The name, in the language that Paylov has it in.
     */
    name: string;
    /**
     * The category to show it in.
     */
    category: Category;
    /**
     * The smallest amount of a payment.
     */
    min: Money;
    /**
     * The largest amount of a payment.
     */
    max: Money;
    /**
     * Whether the service is there.
     */
    active: boolean;
    /**
     * Whether it tells about an account before a payment.
     */
    hasInfo: boolean;
    /**
     * Whether a payment can be cancelled.
     */
    canCancel: boolean;
    /**
     * Whether it can be paid now.
     */
    payable: boolean;
    /**
     * The address of a picture.
     */
    logo?: string;
}

/**
 * What can be wrong with the value of a field, or with an amount.
 */
export type FieldErrorCode = "required" | "not_an_option" | "not_numeric" | "wrong_length" | "pattern_mismatch" | "amount_too_small" | "amount_too_large" | "fractional_som";

/**
 * What is known in the end.
 */
export type Confirmed = "paid" | "cancelled" | "pending";

/**
 * What is known of an order that is pending.
 */
export type KnownTransfer = "accepted" | "nothing";

/**
 * What is wrong with the value of a field, or with an amount.
 */
export interface FieldError {
    /**
     * The field's name; of an amount `amount`.
     */
    readonly name: string;
    /**
     * What is wrong.
     */
    readonly code: FieldErrorCode;
}

/**
 * Where a result between two minor units goes.
 */
export type Rounding = "half_even" | "half_up" | "down" | "up";

/**
 * Whether a service's orders name the card that the money came from.
 */
export type BankServiceType = "working_with_card" | "card_is_optional" | "other";

/**
 * Whether money came in or went out.
 */
export type MovementDirection = "credit" | "debit" | "other";

/**
 * Which order is which row.
 */
export interface Reconciliation {
    /**
     * Orders that one row fits, which fits no other order.
     */
    matched: MatchedTransfer[];
    /**
     * Ids of orders that no row fits.
     */
    missing: string[];
    /**
     * Ids of rows that fit no order.
     */
    extra: number[];
    /**
     * Orders that no row fits, but one almost, which is almost no other order either.
     */
    different: DifferentTransfer[];
    /**
     * Orders and rows that fit each other in more than one way, by the first order of each kind.
     */
    ambiguous: AmbiguousTransfers[];
}
