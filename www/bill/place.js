// Which bill the page shows is in its address, so that a reload and the back button keep to it.

const ADDRESS = /^#bill-([1-9]\d*)$/;
const FORM = "#new";

/** The bill's id, `undefined` for the form, or `null` where the address is a place on the page. */
export function placeOf(hash) {
  if (hash === "" || hash === FORM) return undefined;
  const id = ADDRESS.exec(hash)?.[1];
  return id === undefined ? null : Number(id);
}

export const addressOf = (id) => (id === undefined ? FORM : `#bill-${id}`);

export function goTo(id) {
  window.location.hash = addressOf(id);
}

/** Goes there without a way back. */
export function moveTo(id) {
  window.history.replaceState(window.history.state, "", addressOf(id));
}
