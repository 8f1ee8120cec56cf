// Orders to start from, and a reader of links that is not the package's.

export const BASE_URL = "https://my.paylov.uz/checkout/create/";
export const MERCHANT_ID = "571c06fb-6c61-4ef7-8567-5511abaf12b5";

/** The order of the vendor's published first link, with members changed. */
export function vendorOrder(changes = {}) {
  return {
    merchantId: MERCHANT_ID,
    amount: { minor: 50000, currency: "UZS" },
    account: { order_id: "12" },
    ...changes,
  };
}

/** The query that a link holds, still percent-encoded. */
export function queryOf(link, baseUrl = BASE_URL) {
  if (!link.startsWith(baseUrl)) throw new Error(`${link} does not start with ${baseUrl}`);
  return atob(link.slice(baseUrl.length));
}

/** A link that holds this text, which need not be a query. */
export function linkOf(text, baseUrl = BASE_URL) {
  return baseUrl + base64Of(new TextEncoder().encode(text));
}

export function base64Of(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** An object with this own member, also where its name is __proto__. */
export function objectWith(key, value) {
  return Object.fromEntries([[key, value]]);
}
