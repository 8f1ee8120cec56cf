import { useState, useSyncExternalStore } from "react";
import { AccountForm, formatMoney, parseMoney } from "tiyin";

import { Field } from "./Field.jsx";
import { paylov } from "./payment.js";
import { Refusal } from "./Refusal.jsx";

// A real page lets its payer choose; this is a card of the sandbox's.
const cardId = "9f877739-2149-4831-88a4-d1857309c77c";

export function Bill({ service, onCreate }) {
  const [form] = useState(() => new AccountForm(service));
  const fields = useSyncExternalStore(form.subscribe, () => form.fields);
  const [amount, setAmount] = useState("");
  const [error, setError] = useState();
  const [isBusy, setBusy] = useState(false);
  const [hasTried, setTried] = useState(false);

  async function create() {
    const account = form.account();
    const money = parseMoney(amount);
    const { serviceId, min, max } = service;
    const wrong = form.checkAmount(money);
    if (wrong) throw { ...wrong, min, max };
    const created = await paylov.createPayment({ serviceId, account, amount: money, cardId });
    onCreate({ ...created, cardId, amount: money });
  }

  async function submit(event) {
    event.preventDefault();
    setTried(true);
    setBusy(true);
    setError(undefined);
    await create().catch(setError);
    setBusy(false);
  }

  return (
    <form onSubmit={submit}>
      {fields.map((field) => (
        <Field
          key={field.name}
          field={field}
          showsError={hasTried}
          onChange={(value) => form.set(field.name, value)}
        />
      ))}
      <label>
        Amount, {formatMoney(service.min, "en")} to {formatMoney(service.max, "en")}
        <input
          inputMode="decimal"
          required
          value={amount}
          onChange={({ target }) => setAmount(target.value)}
        />
      </label>
      <Refusal error={error} />
      <button type="submit" disabled={isBusy}>
        Go on
      </button>
    </form>
  );
}
