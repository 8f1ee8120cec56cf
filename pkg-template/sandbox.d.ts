import type { Money } from "./wasm/tiyin.js";

export { isTiyinError, TiyinError } from "./error.js";
export type { Currency, ErrorCode, Money } from "./wasm/tiyin.js";

/** The providers, simulated: one world of cards, accounts, payments and a ledger. */
export interface Sandbox {
  /**
   * Answers a request as a provider would, or not at all, as the faults decide. It stands in for `fetch`: it takes the same,
   * works without `this`, rejects with a `TypeError` where a connection is lost, and heeds an abort signal.
   *
   * Only the path counts: `/paylov/…` or `/bank/…`, whatever the host.
   */
  readonly fetch: SandboxFetch;
  /** Every movement of money so far, in its order. */
  ledger(): LedgerRow[];
  /** Replaces the faults; none without an argument. Rules count anew. */
  setFaults(faults?: SandboxFaults): void;
  /** The cards, with what is on them now. */
  cards(): SandboxCard[];
  /** How often each fault has struck each route so far. */
  strikes(): FaultStrikes[];
}

/** The `fetch` of whatever the program runs in. */
export type SandboxFetch = typeof globalThis extends { fetch: (...given: infer Given) => infer Answer }
  ? (...given: Given) => Answer
  : (input: unknown, init?: unknown) => Promise<unknown>;

export interface SandboxOptions {
  /** Decides ids and random faults, 0 without one: the same seed, times and requests get the same answers. */
  seed?: number;
  /** The time in milliseconds; that of the machine without it. It never runs backwards: an earlier time counts as the last one. */
  now?: () => number;
  /** What goes wrong; nothing without it. */
  faults?: SandboxFaults;
  /** `"required"` refuses requests without a key or credentials, and those that begin with `wrong`. */
  auth?: "required" | "none";
}

/** What goes wrong on the way. Rules come first, chance decides about the requests that they leave. */
export interface SandboxFaults {
  rules?: readonly FaultRule[];
  random?: RandomFaults;
}

/** A fault for chosen requests. */
export interface FaultRule {
  kind: FaultKind;
  /** Where; on every route where the fault makes a difference without it. */
  route?: SandboxRoute;
  /** The first of those requests that it may strike, counted from one. */
  nth?: number;
  /** How many it strikes, of those that no rule before it took; one without it. */
  times?: number;
  /** The milliseconds of a delay, of what is late or behind, or of `Retry-After`. */
  ms?: number;
}

/** Faults by chance, which the seed decides. */
export interface RandomFaults {
  /** Of a hundred requests, how many are struck: a whole number. */
  percent: number;
  /** Which kinds; all without it. */
  kinds?: readonly FaultKind[];
  /** On which routes; on all without it. */
  routes?: readonly SandboxRoute[];
  /** The most milliseconds that a fault takes; each draws its own. */
  ms?: number;
}

/**
 * How an exchange goes wrong. A bare name has not executed the request, one with `_after` has.
 *
 * - `drop_before`, `drop_after`: the connection is lost
 * - `execute_late`: the connection is lost, reads know nothing of it, and after a time the request is executed
 * - `stale_status`: a read of a status, a balance or a list tells what was true some time ago
 * - `delay`: executed, and the answer takes its time
 * - `hang`, `hang_after`: nothing ever comes
 * - `server_error`, `server_error_after`: HTTP 500
 * - `rate_limited`: HTTP 429 with `Retry-After`, not executed
 * - `broken_json`: executed, and the answer ends somewhere in the middle
 * - `html`, `html_after`: a gateway's page
 * - `empty`: executed, and the answer has no body
 * - `duplicate_delivery`: executed twice; an order of the bank is refused the second time, by its id
 */
export type FaultKind =
  | "drop_before"
  | "drop_after"
  | "execute_late"
  | "stale_status"
  | "delay"
  | "hang"
  | "hang_after"
  | "server_error"
  | "server_error_after"
  | "rate_limited"
  | "broken_json"
  | "html"
  | "html_after"
  | "empty"
  | "duplicate_delivery";

/** What a request asks for: of Paylov, by the last words of its path, or of the bank. */
export type SandboxRoute =
  | "list"
  | "fields"
  | "info"
  | "create"
  | "pay"
  | "status"
  | "all"
  | "bank/services"
  | "bank/payment"
  | "bank/payment_budget"
  | "bank/payment_status"
  | "bank/balance"
  | "bank/statement";

/** A movement of money: what really happened, whatever a client was told. */
export type LedgerRow = PaylovLedgerRow | BankLedgerRow;

/** What left a card. */
export interface PaylovLedgerRow {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly provider: "paylov";
  readonly kind: "payment";
  readonly transactionId: string;
  readonly cardId: string;
  /** What left the card. */
  readonly amount: Money;
  /** What was on the card then. */
  readonly balanceAfter: Money;
  readonly serviceId: string;
  /** The account of the service. */
  readonly account: Record<string, string>;
  /** Whose payment the merchant said it was. */
  readonly userId?: string;
}

/** A card that payers have. */
export interface SandboxCard {
  readonly cardId: string;
  /** As lists print it: `986034******8885`. */
  readonly maskedPan: string;
  readonly owner: string;
  /** Where codes are sent, if anywhere. */
  readonly phone?: string;
  readonly balance: Money;
  /** The code that each `pay` with it fails with, such as `card_is_blocked`; absent where it can pay. */
  readonly refusal?: string;
}

/** What became of the faults: how often one struck a route. */
export interface FaultStrikes {
  readonly kind: FaultKind;
  readonly route: SandboxRoute;
  readonly times: number;
}

/** What left the account of a service, or came to it: one row of its statement. */
export interface BankLedgerRow {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly provider: "bank";
  /** An order's amount, its commission, or its amount where it comes to another service: only a receipt is incoming. */
  readonly kind: "transfer" | "commission" | "receipt";
  /** The `id` of the statement's row. */
  readonly entryId: number;
  readonly orderId: string;
  /** The order's `doc_id`. */
  readonly documentId: string;
  readonly amount: Money;
  /** What was on the account then. */
  readonly balanceAfter: Money;
  /** The service whose account it is. */
  readonly serviceId: string;
}

/**
 * A new sandbox, in which nothing has happened yet. Nothing in it is real, and nothing leaves it.
 *
 * Where the providers' documents promise no protection against a repeat it gives none: a second `pay` charges twice, and
 * the ledger shows it. The bank refuses an order's id the second time. Magic cards, codes, account numbers and amounts choose
 * outcomes; they are listed in the repository's `sandbox/README.md`.
 *
 * @throws {TiyinError} `unknown_field`, `invalid_type`, `not_an_option`, `not_an_integer`, `out_of_range`, … with the `field`
 * @example
 * const sandbox = createSandbox({ seed: 7, faults: { rules: [{ route: "pay", kind: "drop_after" }] } });
 * const post = (method, body) =>
 *   sandbox.fetch(`https://sandbox.example/paylov/servicePayment/${method}/`, {
 *     method: "POST",
 *     headers: { "content-type": "application/json" },
 *     body: JSON.stringify(body),
 *   });
 * const order = { service_id: "3b03419c-2850-401f-b418-75d4c9b71b66", account: { phone: "901234567" }, amount: 5000 };
 * const { result } = await (await post("create", order)).json();
 * const payment = { transactionId: result.transactionId, cardId: "9f877739-2149-4831-88a4-d1857309c77c" };
 * await post("pay", payment).catch(() => {}); // rejects with a TypeError, since the answer is lost, and yet
 * sandbox.ledger().map(({ amount }) => amount); // [{ minor: 500000, currency: "UZS" }]
 */
export function createSandbox(options?: SandboxOptions): Sandbox;
