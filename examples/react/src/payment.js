// A payment is written down before it is sent. After a reload it is found there, and then only asked for.

import { PaylovServices } from "tiyin";

const BEGUN = "begun-payment";

export const paylov = new PaylovServices({ baseUrl: `${location.origin}/paylov` });

export function begunPayment() {
  const begun = sessionStorage.getItem(BEGUN);
  return begun && { ...JSON.parse(begun), wasSent: true };
}

/** Pays, and says what is known in the end: "paid", "cancelled" or "pending". A refusal rejects. */
export async function pay({ transactionId, cardId, otp, wasSent = false }) {
  // Not the code: it is of no use afterwards, and nobody should find it.
  sessionStorage.setItem(BEGUN, JSON.stringify({ transactionId, cardId }));
  try {
    const payment = wasSent ? { transactionId, cardId } : { transactionId, cardId, otp };
    return await paylov.payAndConfirm(payment, { wasSent });
  } catch (error) {
    if (error.outcome !== "unknown") forgetPayment();
    throw error;
  }
}

export function forgetPayment() {
  sessionStorage.removeItem(BEGUN);
}
