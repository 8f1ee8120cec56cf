// The query inside a link, taken apart only to be shown: decoding belongs to the package.

/** The query of a link that the package made: standard base64 of ASCII, with no slash in it. */
export function queryOf(link) {
  return atob(link.slice(link.lastIndexOf("/") + 1));
}

const AMOUNT_NAMES = ["amount", "amount_in_tiyin", "currency_id"];

export function parametersOf(query) {
  return query.split("&").map((parameter) => ({
    parameter,
    tellsAmount: AMOUNT_NAMES.includes(parameter.split("=")[0]),
  }));
}

export function countsMinor(parameters) {
  return parameters.some(({ parameter }) => parameter === "amount_in_tiyin=True");
}
