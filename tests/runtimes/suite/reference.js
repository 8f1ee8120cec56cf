// The contract's arithmetic and texts once more, in BigInt, to compare the package with.

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);
const NBSP = "\u00a0";

export function inRange(minor) {
  return minor >= -LARGEST && minor <= LARGEST;
}

/** numerator / denominator (positive), rounded as the contract names it. */
export function divide(numerator, denominator, rounding = "half_even") {
  const size = numerator < 0n ? -numerator : numerator;
  const [quotient, rest] = [size / denominator, size % denominator];
  const twice = rest * 2n;
  const up = {
    down: false,
    up: rest > 0n,
    half_up: twice >= denominator,
    half_even: twice > denominator || (twice === denominator && quotient % 2n === 1n),
  }[rounding];
  const rounded = up ? quotient + 1n : quotient;
  return numerator < 0n ? -rounded : rounded;
}

export function percentOf(minor, basisPoints, rounding) {
  return divide(BigInt(minor) * BigInt(basisPoints), 10000n, rounding);
}

/** `rate` is UZS per 1 USD as decimal text. */
export function convert(minor, rate, to, rounding) {
  const [whole, fraction = ""] = rate.split(".");
  const scaled = BigInt(whole + fraction);
  const scale = 10n ** BigInt(fraction.length);
  return to === "UZS"
    ? divide(BigInt(minor) * scaled, scale, rounding)
    : divide(BigInt(minor) * scale, scaled, rounding);
}

/** Largest remainder, earlier first; a negative amount is split as its opposite is. */
export function allocate(minor, weights) {
  const size = BigInt(Math.abs(minor));
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const parts = weights.map((weight, index) => {
    const product = size * BigInt(weight);
    return { index, share: product / total, rest: product % total };
  });
  let left = size - parts.reduce((sum, part) => sum + part.share, 0n);
  const byRest = [...parts].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  );
  for (const part of byRest) {
    if (left === 0n) break;
    part.share += 1n;
    left -= 1n;
  }
  return parts.map(({ share }) => Number(minor < 0 ? -share : share));
}

export function toMajor(minor) {
  const { sign, whole, fraction } = digitsOf(minor);
  return sign + whole + (fraction === "00" ? "" : `.${fraction}`);
}

export function format({ minor, currency }, locale = "uz") {
  const { sign, whole, fraction } = digitsOf(minor);
  const english = locale === "en";
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, english ? "," : NBSP);
  const number = fraction === "00" ? grouped : grouped + (english ? "." : ",") + fraction;
  if (english) return sign + (currency === "USD" ? "$" : `UZS${NBSP}`) + number;
  const unit = currency === "USD" ? "$" : { uz: "so\u02bbm", ru: "сум" }[locale];
  return sign + number + NBSP + unit;
}

/** Whether the English form has one comma and no point, so that it could group or divide. */
export function isAmbiguous({ minor }, locale) {
  const size = Math.abs(minor);
  return locale === "en" && size % 100 === 0 && size >= 100_000 && size < 100_000_000;
}

function digitsOf(minor) {
  const digits = String(Math.abs(minor)).padStart(3, "0");
  return { sign: minor < 0 ? "-" : "", whole: digits.slice(0, -2), fraction: digits.slice(-2) };
}
