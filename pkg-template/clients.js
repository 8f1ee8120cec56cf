// The clients of payment providers. What the arguments are is in their declarations; the places are those in src/js.rs.

import { TiyinError } from "./error.js";
import { perform, reasonOf, sleep, timeOf, told } from "./transport.js";

export { textOfOther, withBody } from "./transport.js";

// What errors say besides, where nothing was sent of what is no read.
const UNSENT = { outcome: "not_executed" };

const SENT = "sent";

// What a question that failed is told by, where not as "unasked".
const ASK_FAILED = { aborted: "aborted", timed_out: "unasked_late" };

// A client that lives long forgets the oldest.
const MOST_SENT = 1000;

/** The class, over the functions of an entry's module. */
export function paylovServices(run) {
  // What each client was made with. Private fields are younger than the oldest browsers that this package runs in.
  const settingsOf = new WeakMap();
  // The payments that each of them confirms or has sent, by their ids.
  const sentBy = new WeakMap();

  function settings(client, unsent) {
    const known = settingsOf.get(client);
    if (known) return known;
    const message = "this: a method needs its client, as in client.pay()";
    throw new TiyinError({
      code: "invalid_type",
      field: "this",
      message,
      nextAction: "fix_input",
      ...unsent,
    });
  }

  async function call(client, place, input, options, unsent) {
    return perform(run, place, settings(client, unsent), input, options, unsent);
  }

  return class PaylovServices {
    constructor(config) {
      run(96, config);
      // What is changed afterwards changes no client; and what getters give the second time is checked as well.
      const copy = copyOf(config);
      run(96, copy);
      settingsOf.set(this, copy);
      sentBy.set(this, new Map());
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
      const sent = sentBy.get(this);
      let step;
      let before;
      try {
        step = run(105, config, payment, options, timeOf(now));
        before = sent.get(step.transactionId);
        if (before === SENT) step = run(105, config, payment, { ...options, wasSent: true }, timeOf(now));
      } catch (cause) {
        throw told(cause, undefined, UNSENT);
      }
      if (before && before !== SENT) return before;
      const { transactionId } = step;
      const answer = confirm(config, step, payment, options ?? {}, now);
      sent.set(transactionId, answer);
      const keep = () => sent.set(transactionId, SENT);
      answer.then(keep, ({ outcome }) => (outcome === "unknown" ? keep() : sent.delete(transactionId)));
      if (sent.size > MOST_SENT) sent.delete(sent.keys().next().value);
      return answer;
    }
  };

  // src/paylov/confirm.rs says what comes next.
  async function confirm(config, first, payment, { signal, idempotencyKey }, now) {
    // A question that fails is asked again by the next one.
    const asking = { ...config, retry: 0 };
    const { transactionId, lost } = first;
    let step = first;
    let known = { transactionId };
    // What the payment itself failed with.
    let failure;
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
              event = known.status;
            } catch (error) {
              event = ASK_FAILED[error.code] ?? "unasked";
            }
            break;
          case "sleep":
            event = (await sleep(step.ms, signal)).event;
            break;
          case "refused":
            throw failure;
          case "pending":
            return { ...known, status: step.do, ...(failure && { error: failure }) };
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

function copyOf(config) {
  try {
    const { auth, headers } = config;
    return { ...config, auth: auth && { ...auth }, headers: headers && { ...headers } };
  } catch (thrown) {
    const message = "config: reading it threw; give plain data";
    throw new TiyinError({ code: "unreadable", field: "config", message, cause: reasonOf(thrown) });
  }
}
