// A signer with a random key that ends with the page. On a real page there is no key at all.

import { loadEntry } from "./package.js";

const EXAMPLE_URL = "https://shop.uz/paid";

function randomKey() {
  const random = crypto.getRandomValues(new Uint8Array(34));
  const name = Array.from(random.subarray(0, 2), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { id: `demo-${name}`, secret: random.subarray(2) };
}

/** Either `{ tiyin, signer }` or `{ problem }`. */
export async function loadSigner() {
  let signer;
  const { entry, problem } = await loadEntry("sign", ({ LinkSigner }) => {
    const key = randomKey();
    signer = new LinkSigner([key]);
    key.secret.fill(0);
  });
  return problem ? { problem } : { tiyin: entry, signer };
}

export function exampleReturnUrl(signer, expiresAt) {
  return signer.signReturnUrl(EXAMPLE_URL, { order_id: "12" }, { expiresAt });
}
