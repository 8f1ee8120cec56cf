// The client of a bank's payments by requisites, and the functions beside it. What the arguments are is in their declarations; the
// places are those in src/js.rs.

import { copyOf, keepCertain, outcomeOf, PENDING, settingsOf, UNSENT, uncertain } from "./client.js";
import { TiyinError } from "./error.js";
import { perform, sleep, timeOf, told, within } from "./transport.js";

/** The functions, over those of an entry's module. */
export const orderHasher = (run) => (order) => run(172, undefined, order);
export const reconciler = (run) => (rows, orders) => run(173, rows, orders);

/** The class, over the functions of an entry's module. */
export function bankTransfers(run) {
  const configOf = new WeakMap();
  // The orders that each client settles, has sent and knows nothing final about, and knows to be there or over; by their ids, with
  // their hashes.
  const ordersOf = new WeakMap();

  const settings = (client, unsent) => settingsOf(configOf, client, unsent);

  async function call(client, place, input, options, unsent) {
    return perform(run, place, settings(client, unsent), input, options, unsent);
  }

  // `settle` knows of it.
  async function create(client, place, kind, order, options) {
    const config = settings(client, UNSENT);
    const orders = ordersOf.get(client);
    let hash;
    try {
      hash = run(172, kind, order);
    } catch (cause) {
      // What is wrong with the order, the call itself says.
      if (cause.code === "internal") throw told(cause, undefined, UNSENT);
    }
    const isNew = hash && hashOf(orders, order.orderId) === undefined;
    if (!isNew) return perform(run, place, config, order, options, UNSENT);
    const { orderId } = order;
    orders.uncertain.set(orderId, hash);
    const { answer, error } = await outcomeOf(perform(run, place, config, order, options, UNSENT));
    // What is being settled meanwhile may have been sent again.
    if (error?.outcome !== "unknown" && !orders.underWay.has(orderId)) orders.uncertain.delete(orderId);
    if (error) throw error;
    keepCertain(orders.certain, orderId, hash);
    return answer;
  }

  return class BankTransfers {
    constructor(config) {
      configOf.set(
        this,
        copyOf(config, (given) => run(160, given)),
      );
      ordersOf.set(this, { underWay: new Map(), uncertain: new Map(), certain: new Map() });
    }

    // Bundlers rename classes.
    static get name() {
      return "BankTransfers";
    }

    listServices(options) {
      return call(this, 161, undefined, options);
    }

    createPayment(order, options) {
      return create(this, 162, "requisites", order, options);
    }

    createBudgetPayment(order, options) {
      return create(this, 163, "budget", order, options);
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

    // What this client has sent is known to a later call; a second one of the same order joins the first.
    async settle(order, options) {
      const config = settings(this, UNSENT);
      const { now = Date.now } = config;
      const orders = ordersOf.get(this);
      const begin = (...given) => run(169, config, ...given, timeOf(now));
      let step;
      let isGiven;
      try {
        step = begin(order, options);
        // What is read later is what was checked.
        [order, options] = [copied(order), { ...options }];
        isGiven = options.orderHash !== undefined;
        options.orderHash ??= hashOf(orders, step.orderId);
        step = begin(order, options);
      } catch (cause) {
        const error = told(cause, undefined, UNSENT);
        if (error.code === "order_mismatch" || !mayHaveBeenSent(orders, order, options)) throw error;
        throw uncertain(error);
      }
      const { orderId, orderHash } = step;
      const first = orders.underWay.get(orderId);
      if (first) return join(this, first, step, order, options, now, isGiven);
      // Whoever calls again while this begins finds it there.
      const answer = Promise.resolve().then(() => settled(config, step, order, options, now, orders));
      orders.underWay.set(orderId, { orderHash, answer });
      const end = ({ status, outcome }) => keep(orders, orderId, orderHash, status ?? outcome);
      answer.then(end, end);
      return answer;
    }
  };

  // It waits as long as its own caller does. Where the other's caller gave up, it goes on by itself; and so it does with a hash of its
  // caller's, since a refusal speaks of the other's sends alone.
  async function join(client, { answer: first }, step, order, options, now, isGiven) {
    const { answer, error, event } = await within(step.deadlineMs, options.signal, PENDING, () =>
      outcomeOf(first),
    );
    if (event === "aborted") run(171, step.state, timeOf(now), event);
    if (error && (error.code === "aborted" || isGiven)) return client.settle(order, options);
    if (error) throw error;
    return answer ?? { status: event, orderHash: step.orderHash, creates: 0 };
  }

  // src/bank/settle.rs says what comes next.
  async function settled(config, first, order, { signal, idempotencyKey }, now, orders) {
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
      if (step.do === "create") orders.uncertain.set(orderId, orderHash);
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
      if (status === "refused") throw failure;
      const error = status === "pending" ? (failure ?? unasked) : undefined;
      return {
        status,
        ...(known && { known }),
        ...(documentId && { documentId }),
        orderHash,
        creates,
        // Whatever one send was told, or one question: of the order nothing is certain.
        ...(error && { error: uncertain(error, "query_status") }),
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

const hashOf = ({ underWay, uncertain, certain }, id) =>
  underWay.get(id)?.orderHash ?? uncertain.get(id) ?? certain.get(id);

/** Whether a call that is refused is about an order that an earlier one may have sent. */
function mayHaveBeenSent(orders, order, options) {
  try {
    return options?.orderHash !== undefined || hashOf(orders, order.orderId) !== undefined;
  } catch {
    return false;
  }
}

/** Remembers what became of an order, by its status or the outcome of its failure. */
function keep({ underWay, uncertain, certain }, id, hash, came) {
  underWay.delete(id);
  const isCertain = came === "settled" || came === "deleted";
  if (isCertain || came === "rejected") uncertain.delete(id);
  if (isCertain) keepCertain(certain, id, hash);
}
