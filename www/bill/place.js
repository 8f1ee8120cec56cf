// Which bill the page shows is in its address, so that a reload and the back button keep to it.

const ADDRESS = /^#bill-(\d+)$/;
const FORM = "#new";

/** The bill's id, `undefined` for the form, or `null` where the address is a place on the page. */
export function placeOf(hash) {
  if (hash === "" || hash === FORM) return undefined;
  const id = ADDRESS.exec(hash)?.[1];
  return id === undefined ? null : Number(id);
}

export function goTo(id) {
  window.location.hash = id === undefined ? FORM : `bill-${id}`;
}

/** Goes there without a way back. */
export function moveTo(id) {
  window.history.replaceState(window.history.state, "", id === undefined ? FORM : `#bill-${id}`);
}
