// What the clients of all providers have in common.

import { TiyinError } from "./error.js";
import { reasonOf } from "./transport.js";

// What errors say besides, where nothing was sent of what is no read.
export const UNSENT = { outcome: "not_executed" };

// A client that lives long forgets the oldest of what is certain; of what is not, nothing.
const MOST_CERTAIN = 10_000;

export function keepCertain(certain, id, hash) {
  certain.set(id, hash);
  if (certain.size > MOST_CERTAIN) certain.delete(certain.keys().next().value);
}

/** What a promise comes to, without throwing. */
export const outcomeOf = (promise) =>
  promise.then(
    (answer) => ({ answer }),
    (error) => ({ error }),
  );

export const PENDING = { event: "pending" };

/** What a client was made with. */
export function settingsOf(configs, client, unsent) {
  const known = configs.get(client);
  if (known) return known;
  const message = "this: a method needs its client, as in client.pay()";
  throw new TiyinError({ code: "invalid_type", field: "this", message, nextAction: "fix_input", ...unsent });
}

/** What is known of a call that was refused, where an earlier one may have moved the money. */
export const uncertain = (error, nextAction = error.nextAction) =>
  new TiyinError({
    ...error,
    message: error.message,
    cause: error.cause,
    outcome: "unknown",
    ...(nextAction && { nextAction }),
  });

/** What is changed afterwards changes no client; and what getters give the second time is checked as well. */
export function copyOf(config, check) {
  check(config);
  let copy;
  try {
    const { auth, headers } = config;
    copy = { ...config, auth: auth && { ...auth }, headers: headers && { ...headers } };
  } catch (thrown) {
    const message = "config: reading it threw; give plain data";
    throw new TiyinError({ code: "unreadable", field: "config", message, cause: reasonOf(thrown) });
  }
  check(copy);
  return copy;
}
