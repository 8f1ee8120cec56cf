// The text of a token, taken apart only to be shown and changed: reading one belongs to the package.

export const PARTS = ["version", "keyId", "expiry", "order", "signature"];

/** `{ version: "v1", … }`, or nothing where the text has not five parts between dots. */
export function partsOf(token) {
  const parts = token.split(".");
  if (parts.length !== PARTS.length || parts.includes("")) return undefined;
  return Object.fromEntries(PARTS.map((name, index) => [name, parts[index]]));
}

/** Another digit for a digit, so that a version stays a version and an expiry a number. */
function other(character) {
  if (/\d/.test(character)) return String((Number(character) + 1) % 10);
  return character === "A" ? "B" : "A";
}

/** The token with one character changed: the digit of its version, or the one in the middle of another part. */
export function withOneChanged(token, name) {
  const parts = partsOf(token);
  const at = parts[name].length >> 1;
  const changed = parts[name].slice(0, at) + other(parts[name][at]) + parts[name].slice(at + 1);
  return Object.values({ ...parts, [name]: changed }).join(".");
}

/** The moment of the expiry in milliseconds, if a date can be made of it. */
export function momentOf(expiry) {
  const moment = /^\d{1,16}$/.test(expiry) ? Number(expiry) : Number.NaN;
  return Number.isNaN(new Date(moment).getTime()) ? undefined : moment;
}

/** What the order's part says to anybody, without a key. */
export function queryIn(order) {
  try {
    return atob(order.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return undefined;
  }
}

/** The text as runs of characters that are those of the original, and runs of others. */
export function differences(text, original) {
  if (text.length !== original?.length) return [{ run: text, differs: false }];
  const runs = [];
  for (let index = 0; index < text.length; index += 1) {
    const differs = text[index] !== original[index];
    const last = runs[runs.length - 1];
    if (last?.differs === differs) last.run += text[index];
    else runs.push({ run: text[index], differs });
  }
  return runs;
}
