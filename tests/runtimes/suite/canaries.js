// Finding what must not be shown, such as a card's number: as it is and as others would write it.

// So many digits of a number in a row are no accident, even in a module's memory.
const TELLING = 12;

/** How a number of digits can be written. Each spelling is found by `formOf`. */
export const SPELLINGS = {
  plain: (number) => number,
  "in groups": (number) => number.replace(/\d{4}(?=\d)/g, "$& "),
  "with dashes": (number) => number.replace(/\d{4}(?=\d)/g, "$&-"),
  "with other spaces": (number) => number.replace(/\d{4}(?=\d)/g, "$&\u00a0"),
  "with points": (number) => number.replace(/\d{4}(?=\d)/g, "$&."),
  "in a form": (number) => number.replace(/\d{4}(?=\d)/g, "$&+"),
  "percent-encoded": (number) => charByChar(number, (code) => `%${code}`),
  "percent-encoded spaces": (number) => number.replace(/\d{4}(?=\d)/g, "$&%20"),
  "in hexadecimal": (number) => charByChar(number, (code) => code),
  escaped: (number) => charByChar(number, (code) => `\\u00${code}`),
  "in base64": (number) => btoa(number),
  "in base64, behind one letter": (number) => btoa(`a${number}`),
  "in base64, behind two letters": (number) => btoa(`ab${number}`),
};

const charByChar = (text, written) =>
  Array.from(text, (char) => written(char.charCodeAt(0).toString(16))).join("");

/** The form in which a text holds most of a number, if it does. */
export function formOf(text, number) {
  const digits = Array.from({ length: number.length - TELLING + 1 }, (_, at) =>
    number.slice(at, at + TELLING),
  );
  const hasAny = (where, needles) => needles.some((needle) => where.includes(needle));
  if (hasAny(text, digits)) return "plain";
  const bare = text.replace(/%20/g, "");
  if (hasAny(bare.replace(/\D/g, ""), digits)) return "in groups";
  const unescaped = bare.replace(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(`0x${code}`));
  if (hasAny(unescaped.replace(/\D/g, ""), digits)) return "escaped";
  const hex = digits.map((some) => charByChar(some, (code) => code));
  if (hasAny(bare.replace(/[^0-9a-f]/gi, ""), hex)) return "in hexadecimal";
  if (hasAny(text, inBase64(number))) return "in base64";
  return undefined;
}

/** What of a number's base64 is the same whatever stands around it, by how many bytes stand before it. */
function inBase64(number) {
  return [0, 1, 2].map((before) => btoa("\0".repeat(before) + number).slice(before && before + 1, -4));
}

/** All text that an inspector could show of a value: of members of its own, enumerable or not, and of theirs. */
export function stringsOf(value, seen = new Set()) {
  if (typeof value !== "object" || value === null) return [String(value)];
  if (seen.has(value)) return [];
  seen.add(value);
  const members = Reflect.ownKeys(value).flatMap((key) => [String(key), ...stringsOf(value[key], seen)]);
  const whole = value instanceof Error ? [String(value), JSON.stringify(value), String(value.stack)] : [];
  return [...whole, ...members];
}
