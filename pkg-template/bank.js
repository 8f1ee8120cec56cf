// The client of a bank's payments by requisites, and the functions beside it. What the arguments are is in their declarations; the
// places are those in src/js.rs.

import { copyOf, settingsOf, UNSENT, uncertain } from "./client.js";
import { TiyinError } from "./error.js";
import { perform, sleep, timeOf, told } from "./transport.js";

/** The functions, over those of an entry's module. */
export const orderHasher = (run) => (order) => run(172, order);
export const reconciler = (run) => (rows, orders) => run(173, rows, orders);

/** The class, over the functions of an entry's module. */
export function bankTransfers(run) {
  const configOf = new WeakMap();
  // The hashes of the orders that each client has sent and knows nothing final about, by their ids.
  const sentOf = new WeakMap();

  const settings = (client, unsent) => settingsOf(configOf, client, unsent);

  async function call(client, place, input, options, unsent) {
    return perform(run, place, settings(client, unsent), input, options, unsent);
  }

  return class BankTransfers {
    constructor(config) {
      configOf.set(
        this,
        copyOf(config, (given) => run(160, given)),
      );
      sentOf.set(this, new Map());
    }

    // Bundlers rename classes.
    static get name() {
      return "BankTransfers";
    }

    listServices(options) {
      return call(this, 161, undefined, options);
    }

    createPayment(order, options) {
      return call(this, 162, order, options, UNSENT);
    }

    createBudgetPayment(order, options) {
      return call(this, 163, order, options, UNSENT);
    }

    getPayment(orderId, options) {
      return call(this, 164, orderId, options);
    }

    getBalance(serviceId, options) {
      return call(this, 165, serviceId, options);
    }

    listStatement(query, options) {
      return call(this, 166, query, options);
    }

    async *statement(query, options) {
      let page = await call(this, 167, [query, ""], options);
      // What is read later is what was checked.
      [query, options] = [{ ...query }, { ...options }];
      while (page.rows.length > 0) {
        yield* page.rows;
        page = await call(this, 167, [query, page.progress], options);
      }
    }

    async statementTotals(query, options) {
      let page = await call(this, 168, [query, ""], options);
      [query, options] = [{ ...query }, { ...options }];
      while (page.progress) page = await call(this, 168, [query, page.progress], options);
      return page.totals;
    }

    async settle(order, options) {
      const config = settings(this, UNSENT);
      const { now = Date.now } = config;
      const sent = sentOf.get(this);
      const begin = (...given) => run(169, config, ...given, timeOf(now));
      let step;
      try {
        step = begin(order, options);
        // What is read later is what was checked.
        [order, options] = [copied(order), { ...options }];
        options.orderHash ??= sent.get(step.orderId);
        step = begin(order, options);
      } catch (cause) {
        const error = told(cause, undefined, UNSENT);
        if (error.code === "order_mismatch" || !mayHaveBeenSent(sent, order, options)) throw error;
        throw uncertain(error);
      }
      return settled(config, step, order, options, now, sent);
    }
  };

  // src/bank/settle.rs says what comes next.
  async function settled(config, first, order, { signal, idempotencyKey }, now, sent) {
    // A question that fails is asked again by the next one.
    const asking = { ...config, retry: 0 };
    const { orderId, orderHash } = first;
    let step = first;
    let documentId;
    // What the order itself failed with, and the last question.
    let failure;
    let unasked;

    const send = {
      create: () => perform(run, 170, config, order, { signal, timeoutMs: step.ms, idempotencyKey }, UNSENT),
      ask: () => perform(run, 164, asking, orderId, { signal, timeoutMs: step.ms }),
    };

    async function event() {
      if (step.do === "sleep") return [(await sleep(step.ms, signal)).event];
      if (step.do === "create") sent.set(orderId, orderHash);
      try {
        const state = await send[step.do]();
        unasked = undefined;
        documentId = state.documentId ?? documentId;
        return [state.status];
      } catch (error) {
        const facts = [error.code, error.nextAction, error.providerCode];
        if (step.do === "create") {
          failure = error;
          return [error.outcome, ...facts];
        }
        unasked = error;
        return [error.code === "aborted" ? "aborted" : "unasked", ...facts];
      }
    }

    function ended({ do: status, known, creates, lost }) {
      if (status === "unasked") {
        // A question moves no money, but whether an earlier call has sent the order is not known.
        const { outcome } = lost;
        throw new TiyinError({ ...unasked, message: unasked.message, cause: unasked.cause, outcome });
      }
      if (status !== "pending") sent.delete(orderId);
      if (status === "refused") throw failure;
      const error = status === "pending" ? (failure ?? unasked) : undefined;
      return {
        status,
        ...(known && { known }),
        ...(documentId && { documentId }),
        orderHash,
        creates,
        ...(error && { error }),
      };
    }

    try {
      while (["ask", "create", "sleep"].includes(step.do)) {
        const came = await event();
        step = run(171, step.state, timeOf(now), ...came);
      }
      return ended(step);
    } catch (cause) {
      throw told(cause, step.lost, UNSENT, failure);
    }
  }
}

const copied = ({ payee, card, amount, commission, ...rest }) => ({
  ...rest,
  payee: { ...payee },
  card: card && { ...card },
  amount: { ...amount },
  commission: { ...commission },
});

/** Whether a call that is refused is about an order that an earlier one may have sent. */
function mayHaveBeenSent(sent, order, options) {
  try {
    return options?.orderHash !== undefined || sent.has(order.orderId);
  } catch {
    return false;
  }
}
