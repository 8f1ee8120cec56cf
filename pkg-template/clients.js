// The clients of payment providers. What the arguments are is in their declarations; the places are those in src/js.rs.

import { isTiyinError, TiyinError } from "./error.js";
import { perform, sleep } from "./transport.js";

export { textOfOther, withBody } from "./transport.js";

/** The class, over the functions of an entry's module. */
export function paylovServices(run) {
  // What each client was made with. Private fields are younger than the oldest browsers that this package runs in.
  const settingsOf = new WeakMap();
  const call = (client, place, input, options) => perform(run, place, settingsOf.get(client), input, options);

  return class PaylovServices {
    constructor(config) {
      run(96, config);
      // What is changed afterwards changes no client.
      const { auth, headers } = config;
      settingsOf.set(this, { ...config, auth: auth && { ...auth }, headers: { ...headers } });
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
      return call(this, 101, payment, options);
    }

    pay(payment, options) {
      return call(this, 102, payment, options);
    }

    getStatus(transactionId, options) {
      return call(this, 103, transactionId, options);
    }

    listPaid(filter, options) {
      return call(this, 104, filter, options);
    }

    // src/paylov/confirm.rs says what comes next.
    async payAndConfirm(payment, options) {
      const { now = Date.now } = settingsOf.get(this);
      let step = run(105, payment, options, now());
      const { transactionId, lost } = step;
      const { signal, timeoutMs, idempotencyKey } = options ?? {};
      const unasked = () => (signal?.aborted ? "aborted" : "unasked");
      let known = { transactionId };
      let refusal;
      for (;;) {
        let event;
        switch (step.do) {
          case "pay":
            try {
              known = await call(this, 102, payment, { signal, timeoutMs, idempotencyKey });
              event = "paid";
            } catch (error) {
              refusal = error;
              event = error.outcome;
            }
            break;
          case "ask":
            try {
              known = await call(this, 103, transactionId, { signal, timeoutMs: step.ms });
              event = known.status;
            } catch {
              event = unasked();
            }
            break;
          case "sleep":
            await sleep(step.ms, signal);
            event = signal?.aborted ? "aborted" : "woke";
            break;
          case "refused":
            throw refusal;
          default:
            return { ...known, status: step.do };
        }
        try {
          step = run(106, step.state, now(), event);
        } catch (cause) {
          if (isTiyinError(cause) && cause.outcome) throw cause;
          throw new TiyinError({ ...lost, cause });
        }
      }
    }
  };
}
