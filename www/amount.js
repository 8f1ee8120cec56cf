// Reads a typed amount. Where the text could mean two amounts, both are offered and none is taken.

import { problemOf } from "./problems.js";

function attempt(tiyin, typed, currency) {
  try {
    return tiyin.parseMoney(typed, currency);
  } catch {
    return undefined;
  }
}

function bothReadings(tiyin, typed, currency) {
  const asThousands = typed.replace(/[.,](?=\d{3}(?!\d))/, "");
  const asDecimals = typed.replace(/[.,](\d\d)0(?!\d)/, ",$1");
  return [asThousands, asDecimals]
    .filter((reading) => reading !== typed)
    .map((reading) => attempt(tiyin, reading, currency))
    .filter((money) => money !== undefined);
}

function inOtherCurrency(tiyin, typed, currency) {
  const other = currency === "UZS" ? "USD" : "UZS";
  const money = attempt(tiyin, typed, other);
  return money ? [money] : [];
}

export function readAmount(tiyin, typed, currency) {
  try {
    return { money: tiyin.parseMoney(typed, currency) };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code === "ambiguous_amount") problem.choices = bothReadings(tiyin, typed, currency);
    if (problem.code === "currency_mismatch") problem.choices = inOtherCurrency(tiyin, typed, currency);
    return { problem };
  }
}
