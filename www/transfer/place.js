// Which order the page shows is in its address, so that a reload, the back button and another tab keep to it.

const ADDRESS = /^#order-([\w-]+)$/;
const FORM = "#new";

/** The order's id, `undefined` for the form, or `null` where the address is a place on the page. */
export function placeOf(hash) {
  if (hash === "" || hash === FORM) return undefined;
  return ADDRESS.exec(hash)?.[1] ?? null;
}

export function goTo(orderId) {
  window.location.hash = orderId === undefined ? FORM : `order-${orderId}`;
}

/** Goes there without a way back. */
export function moveTo(orderId) {
  const hash = orderId === undefined ? FORM : `#order-${orderId}`;
  window.history.replaceState(window.history.state, "", hash);
}
