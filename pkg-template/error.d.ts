import type { ErrorCode, FieldError } from "./wasm/tiyin.js";

/**
 * Everything this package throws. `code` is stable and decides; `message` is for developers.
 *
 * `instanceof` and `isTiyinError` hold across entries and across copies of the package.
 *
 * @example
 * try {
 *   som(0.1 + 0.2);
 * } catch (error) {
 *   if (!isTiyinError(error)) throw error;
 *   error.code; // "too_many_decimals"
 *   error.field; // "value"
 * }
 */
export class TiyinError extends Error {
  /** An error of one's own making, for a test or a fake. */
  constructor(
    facts: Pick<TiyinError, "code" | "message"> & Partial<Omit<TiyinError, "name" | "stack" | "toJSON">>,
  );
  readonly name: "TiyinError";
  /** What went wrong. New codes come with minor versions. */
  readonly code: ErrorCode | (string & {});
  /** The member or argument that was refused: `amount.minor`, `orders[3].returnUrl`. */
  readonly field?: string;
  /** The payment provider the error came from. */
  readonly provider?: "paylov" | "bank" | "paysys";
  /** The provider's own code. */
  readonly providerCode?: string;
  /** The provider's own words, which can repeat what it was sent. */
  readonly providerMessage?: string;
  readonly httpStatus?: number;
  readonly traceId?: string;
  /** Set where the proxy refused, not the provider. */
  readonly source?: "proxy";
  /** The proxy's own id of the request, where it refused and its refusal has one. */
  readonly requestId?: string;
  /** When the request was sent, in milliseconds. */
  readonly sentAt?: number;
  /** Whether the movement of money that the call asked for has happened; absent where it asked for none. */
  readonly outcome?: "not_executed" | "rejected" | "unknown";
  readonly nextAction?:
    | "fix_input"
    | "query_status"
    | "create_again"
    | "new_order_id"
    | "confirm_again"
    | "retry_later"
    | "ask_provider";
  readonly retryAfterMs?: number;
  /** What is wrong of each field, where the code is `account_incomplete`. */
  readonly errors?: readonly FieldError[];
  /**
   * What brought it about. Of what somebody else threw, such as `fetch`, an `Error` that has its names and codes alone, as in
   * `cause.code === "ECONNREFUSED"`: the rest can hold what was sent, and errors are logged.
   */
  readonly cause?: unknown;
  /** The error as plain data, without `cause`. */
  toJSON(): Omit<TiyinError, "cause" | "stack" | "toJSON">;
}

/**
 * Whether a caught value is an error of this package, whichever entry or copy it came from.
 *
 * @example
 * isTiyinError(new TiyinError({ code: "internal", message: "a test" })); // true
 * isTiyinError(new Error("a test")); // false
 */
export function isTiyinError(value: unknown): value is TiyinError;
