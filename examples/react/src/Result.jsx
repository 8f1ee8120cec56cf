import { useEffect, useState } from "react";

import { pay } from "./payment.js";
import { Refusal } from "./Refusal.jsx";

const WORDS = {
  paid: "Paid.",
  cancelled: "Cancelled. Nothing was paid.",
  pending: "Not certain yet. Do not pay again; ask later what became of it.",
};

/** Pays, or asks what became of a payment that was sent before. */
export function Result({ payment, onAgain, onAnother }) {
  const [sent, setSent] = useState(payment);
  const [known, setKnown] = useState();

  useEffect(() => {
    let isShown = true;
    pay(sent).then(
      ({ status }) => isShown && setKnown({ status }),
      (error) => isShown && setKnown({ status: error.outcome, error }),
    );
    return () => {
      isShown = false;
    };
  }, [sent]);

  function askAgain() {
    setKnown(undefined);
    setSent({ ...payment, wasSent: true });
  }

  if (!known) return <p role="status">One moment…</p>;
  const { status, error } = known;
  const isUncertain = status === "pending" || status === "unknown";
  return (
    <>
      {error ? <Refusal error={error} /> : <p role="status">{WORDS[status]}</p>}
      {isUncertain && (
        <button type="button" onClick={askAgain}>
          Ask again
        </button>
      )}
      {error?.nextAction === "confirm_again" && (
        <button type="button" onClick={onAgain}>
          Type the code again
        </button>
      )}
      {!isUncertain && (
        <button type="button" onClick={onAnother}>
          Another bill
        </button>
      )}
    </>
  );
}
