// A signed link's token with what every runtime brings, and no check of anything: once with node:crypto, once with
// WebCrypto, whose key is imported beforehand.

import { createHmac, webcrypto } from "node:crypto";

import { plainLink } from "./plain-link.js";

const PURPOSE = "tiyin-order:";

export function nodeToken(id, secret, order, expiresAt) {
  const signed = signedPart(id, order, expiresAt);
  return `${signed}.${createHmac("sha256", secret)
    .update(PURPOSE + signed)
    .digest("base64url")}`;
}

export function importKey(secret) {
  return webcrypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

export async function webToken(id, key, order, expiresAt) {
  const signed = signedPart(id, order, expiresAt);
  const mac = await webcrypto.subtle.sign("HMAC", key, new TextEncoder().encode(PURPOSE + signed));
  return `${signed}.${Buffer.from(mac).toString("base64url")}`;
}

/** The payload is the query that the link has in base64, without padding. */
function signedPart(id, order, expiresAt) {
  const link = plainLink(order);
  return `v1.${id}.${expiresAt}.${link.slice(link.lastIndexOf("/") + 1).replace(/=+$/, "")}`;
}
