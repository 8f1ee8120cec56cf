import { formatMoney } from "tiyin";

/** Asks for the code that the card's holder got by SMS. */
export function Code({ created, onPay, onBack }) {
  const { transactionId, cardId, amount, otpSentPhone } = created;

  function submit(event) {
    event.preventDefault();
    onPay({ transactionId, cardId, otp: new FormData(event.target).get("otp") });
  }

  return (
    <form onSubmit={submit}>
      <h1>{formatMoney(amount, "en")}</h1>
      <label>
        The code sent to {otpSentPhone}
        <input name="otp" inputMode="numeric" autoComplete="one-time-code" required />
      </label>
      <button type="submit">Pay</button>
      <button type="button" onClick={onBack}>
        Back
      </button>
    </form>
  );
}
