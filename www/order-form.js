// The form's fields as one plain draft, and back.

import { makeAccountRows, partsOf } from "./account-rows.js";

export const SAMPLE = {
  merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5",
  amount: "500",
  currency: "UZS",
  rows: [{ key: "order_id", value: "12" }],
  returnUrl: "",
  convertTo: "",
  wireUnit: "",
};

const FIELDS = {
  merchantId: "merchant-id",
  amount: "amount",
  returnUrl: "return-url",
  convertTo: "convert-to",
  wireUnit: "wire-unit",
};

const part = (id) => document.getElementById(id);

/** Whether something that was stored can be filled in. */
export function isDraft(value) {
  const rows = Array.isArray(value?.rows) ? value.rows : null;
  return (
    rows !== null &&
    [...Object.keys(FIELDS), "currency"].every((name) => typeof value[name] === "string") &&
    rows.every((row) => typeof row?.key === "string" && typeof row?.value === "string")
  );
}

export function draftOf(tiyin, order) {
  return {
    merchantId: order.merchantId,
    amount: tiyin.toMajor(order.amount),
    currency: order.amount.currency,
    rows: Object.entries(order.account).map(([key, value]) => ({ key, value })),
    returnUrl: order.returnUrl ?? "",
    convertTo: order.convertTo ?? "",
    wireUnit: order.wireUnit ?? "",
  };
}

export function makeOrderForm(form, changed) {
  const rows = makeAccountRows(part("account-rows"), part("add-row"), changed);
  const fields = Object.entries(FIELDS).map(([at, id]) => ({
    at,
    input: part(id),
    error: part(`${id}-error`),
  }));

  return {
    translate: rows.label,

    read() {
      const draft = { currency: form.elements.currency.value, rows: rows.read() };
      for (const { at, input } of fields) draft[at] = input.value;
      return draft;
    },

    fill(draft) {
      for (const { at, input } of fields) input.value = draft[at];
      form.elements.currency.value = draft.currency;
      rows.fill(draft.rows);
      if (draft.convertTo !== "" || draft.wireUnit !== "") part("more").open = true;
    },

    /** Each field with its name in a problem's `at` and the place for its error. */
    places() {
      const accounts = rows.rows().flatMap((row, index) => {
        const { key, value, keyError, valueError } = partsOf(row);
        return [
          { at: `key-${index}`, input: key, error: keyError },
          { at: `value-${index}`, input: value, error: valueError },
        ];
      });
      return [...fields, ...accounts];
    },
  };
}
