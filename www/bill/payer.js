// Pays bills and asks what became of them. About money it decides nothing: the claim of a bill says who may send its payment,
// and `payAndConfirm` says what is certain.

import { isUncertain } from "./bills.js";

// How long the page asks in one go.
const ASKING = { pollEveryMs: 1000, deadlineMs: 20_000 };

const HAS_NOT_MOVED = ["not_executed", "rejected"];
const MAY_BE_SENT_AGAIN = ["confirm_again", "retry_later"];

export function makePayer({ paylov, bills, problemOf }) {
  const under = new Map();
  const listeners = new Set();

  function tell() {
    for (const listener of listeners) listener();
  }

  /** A bill has one call under way in this tab. */
  async function once(id, work) {
    if (under.has(id)) return;
    under.set(id, true);
    tell();
    try {
      await work();
    } finally {
      under.delete(id);
      tell();
    }
  }

  const paymentOf = ({ transactionId, cardId }) => ({ transactionId, cardId });

  async function learn(bill, confirming) {
    const confirmation = await confirming;
    if (confirmation.status !== "pending") await bills.settle(bill.id, confirmation);
  }

  async function send(bill, otp) {
    try {
      await learn(bill, paylov.payAndConfirm({ ...paymentOf(bill), ...(otp && { otp }) }, ASKING));
    } catch (error) {
      const problem = problemOf(error);
      if (!HAS_NOT_MOVED.includes(problem.outcome)) return; // It stays sent: nobody knows.
      const again = MAY_BE_SENT_AGAIN.includes(problem.nextAction);
      await (again ? bills.release : bills.refuse)(bill.id, problem);
    }
  }

  // A question that fails leaves the bill as uncertain as it is, and is asked again.
  const ask = (bill) =>
    learn(bill, paylov.payAndConfirm(paymentOf(bill), { ...ASKING, wasSent: true })).catch(() => {});

  return {
    listen(listener) {
      listeners.add(listener);
    },
    isUnderWay: (id) => under.has(id),

    /** Sends the payment where that may be done, and asks what became of it where another tab has sent it. */
    pay: (bill, otp) =>
      once(bill.id, async () => {
        if (await bills.claim(bill.id)) return send(bill, otp);
        const found = await bills.get(bill.id);
        return found && isUncertain(found) ? ask(bill) : undefined;
      }),

    /** Asks, and sends nothing. */
    ask: (bill) => once(bill.id, () => ask(bill)),
  };
}
