// A checkout link with what every runtime brings, and no check of anything: URLSearchParams and btoa. The query is ASCII
// once it is encoded, so btoa takes text of any script.

const BASE_URL = "https://my.paylov.uz/checkout/create/";
const CURRENCY_IDS = { UZS: "860", USD: "840" };

export function plainLink({ merchantId, amount, account, returnUrl, convertTo, wireUnit }) {
  const { minor, currency } = amount;
  const inMinor = wireUnit ? wireUnit === "minor" : currency !== "UZS" || minor % 100 !== 0;
  const query = new URLSearchParams();
  query.append("merchant_id", merchantId);
  query.append("amount", inMinor ? minor : minor / 100);
  if (returnUrl !== undefined) query.append("return_url", returnUrl);
  if (inMinor) query.append("amount_in_tiyin", "True");
  if (currency === "USD") query.append("currency_id", CURRENCY_IDS.USD);
  if (convertTo !== undefined) query.append("convert_to", CURRENCY_IDS[convertTo]);
  for (const name of Object.keys(account)) query.append(`account.${name}`, account[name]);
  return BASE_URL + btoa(query.toString());
}
