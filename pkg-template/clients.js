// The clients of payment providers. What the arguments are is in their declarations; the places are those in src/js.rs.

import { copyOf, keepCertain, outcomeOf, PENDING, settingsOf, UNSENT, uncertain } from "./client.js";
import { perform, sleep, timeOf, told, within } from "./transport.js";

export { accountForm } from "./account.js";
export { bankTransfers, orderHasher, reconciler } from "./bank.js";
export { textOfOther, withBody } from "./transport.js";

// What a question that failed is told by, where not as "unasked".
const ASK_FAILED = { aborted: "aborted", timed_out: "unasked_late" };

/** The class, over the functions of an entry's module. */
export function paylovServices(run) {
  // What each client was made with. Private fields are younger than the oldest browsers that this package runs in.
  const configOf = new WeakMap();
  // The payments that each of them confirms, has sent and knows nothing certain about, and knows to be over; by their ids.
  const paymentsOf = new WeakMap();

  const settings = (client, unsent) => settingsOf(configOf, client, unsent);

  async function call(client, place, input, options, unsent) {
    return perform(run, place, settings(client, unsent), input, options, unsent);
  }

  return class PaylovServices {
    constructor(config) {
      configOf.set(
        this,
        copyOf(config, (given) => run(96, given)),
      );
      paymentsOf.set(this, { underWay: new Map(), uncertain: new Set(), certain: new Map() });
    }

    // Bundlers rename classes.
    static get name() {
      return "PaylovServices";
    }

    listServices(filter, options) {
      return call(this, 98, filter, options);
    }

    getFields(serviceId, options) {
      return call(this, 99, serviceId, options);
    }

    getInfo(question, options) {
      return call(this, 100, question, options);
    }

    createPayment(payment, options) {
      return call(this, 101, payment, options, UNSENT);
    }

    pay(payment, options) {
      return call(this, 102, payment, options, UNSENT);
    }

    getStatus(transactionId, options) {
      return call(this, 103, transactionId, options);
    }

    listPaid(filter, options) {
      return call(this, 104, filter, options);
    }

    // What this client has sent it does not send again: a second click joins the first, a later call only asks.
    async payAndConfirm(payment, options) {
      const config = settings(this, UNSENT);
      const { now = Date.now } = config;
      const payments = paymentsOf.get(this);
      const begin = (...given) => run(105, config, ...given, timeOf(now));
      let step;
      try {
        begin(payment, options);
        // What is read later is what was checked.
        [payment, options] = [{ ...payment }, { ...options }];
        step = begin(payment, options);
        if (wasSent(payments, step.transactionId)) step = begin(payment, { ...options, wasSent: true });
      } catch (cause) {
        const error = told(cause, undefined, UNSENT);
        if (!mayHaveBeenSent(payments, payment, options)) throw error;
        throw uncertain(error);
      }
      const { transactionId } = step;
      const first = payments.underWay.get(transactionId);
      if (first) return join(this, first, step, payment, options, now);
      // Whoever calls again while this begins finds it there.
      const answer = Promise.resolve().then(() => confirm(config, step, payment, options, now));
      payments.underWay.set(transactionId, answer);
      const end = ({ status, outcome }) => keep(payments, transactionId, status ?? outcome);
      answer.then(end, end);
      return answer;
    }
  };

  // It waits as long as its own caller does. Where the other's caller gave up, it goes on by itself; and so it does where it only
  // asks, since a refusal speaks of the other's send alone.
  async function join(client, first, step, payment, options, now) {
    const settled = () => outcomeOf(first);
    const { answer, error, event } = await within(step.deadlineMs, options.signal, PENDING, settled);
    if (event === "aborted") run(106, step.state, timeOf(now), event);
    if (error && (error.code === "aborted" || step.do === "ask"))
      return client.payAndConfirm(payment, options);
    if (error) throw error;
    return answer ?? { transactionId: step.transactionId, status: event };
  }

  // src/paylov/confirm.rs says what comes next.
  async function confirm(config, first, payment, { signal, idempotencyKey }, now) {
    // A question that fails is asked again by the next one.
    const asking = { ...config, retry: 0 };
    const { transactionId, lost } = first;
    let step = first;
    let known = { transactionId };
    // What the payment itself failed with, and the last question.
    let failure;
    let unasked;
    try {
      for (;;) {
        let event;
        switch (step.do) {
          case "pay":
            try {
              known = await perform(
                run,
                102,
                config,
                payment,
                { signal, timeoutMs: step.ms, idempotencyKey },
                UNSENT,
              );
              event = "paid";
            } catch (error) {
              failure = error;
              event = error.code === "timed_out" ? "unknown_late" : error.outcome;
            }
            break;
          case "ask":
            try {
              known = await perform(run, 103, asking, transactionId, { signal, timeoutMs: step.ms });
              unasked = undefined;
              event = known.status;
            } catch (error) {
              unasked = error;
              event = ASK_FAILED[error.code] ?? "unasked";
            }
            break;
          case "sleep":
            event = (await sleep(step.ms, signal)).event;
            break;
          case "refused":
            throw failure;
          case "pending": {
            const error = failure ?? unasked;
            return { ...known, status: step.do, ...(error && { error }) };
          }
          default:
            return { ...known, status: step.do };
        }
        step = run(106, step.state, timeOf(now), event);
      }
    } catch (cause) {
      throw told(cause, lost, UNSENT, failure);
    }
  }
}

const wasSent = ({ uncertain, certain }, id) => uncertain.has(id) || certain.has(id);

/** Whether a call that is refused asks for a payment that an earlier one may have made. */
function mayHaveBeenSent(payments, payment, options) {
  try {
    const id = payment.transactionId;
    return options?.wasSent === true || payments.underWay.has(id) || wasSent(payments, id);
  } catch {
    return false;
  }
}

/** Remembers what became of a payment, by its status or the outcome of its failure. */
function keep({ underWay, uncertain, certain }, id, came) {
  underWay.delete(id);
  uncertain.delete(id);
  if (came === "rejected" || came === "not_executed") return;
  if (came === "paid" || came === "cancelled") keepCertain(certain, id);
  else uncertain.add(id);
}
