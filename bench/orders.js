// The orders that the lines measure and that all sides are checked on.

const MERCHANT_ID = "571c06fb-6c61-4ef7-8567-5511abaf12b5";

/** What a shop sends most: whole som, an order number, a return URL. */
export function typicalOrders(count) {
  return ordersOf(count, (number) => ({
    merchantId: MERCHANT_ID,
    amount: { minor: (number % 5000) * 100 + 100000, currency: "UZS" },
    account: { order_id: String(number) },
    returnUrl: `https://shop.example.uz/orders/${number}/paid`,
  }));
}

/** Names and values in Cyrillic, where most bytes are percent-encoded, and an amount with tiyin. */
export function cyrillicOrders(count) {
  return ordersOf(count, (number) => ({
    merchantId: MERCHANT_ID,
    amount: { minor: number * 7 + 1, currency: "UZS" },
    account: { договор: `ТУ-${number}`, плательщик: "Каримова Гулнора Шухратовна" },
    returnUrl: `https://shop.example.uz/orders/${number}/paid`,
  }));
}

/** A typical order whose account holds so many fields. */
export function orderOfFields(count) {
  const account = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`field_${index}`, "12345678"]),
  );
  return { ...typicalOrders(1)[0], account };
}

/** A typical order with an account value so many characters long. */
export function orderOfLength(characters) {
  const value = "Квартира 12, order 1234567890 ".repeat(Math.ceil(characters / 30)).slice(0, characters);
  return { ...typicalOrders(1)[0], account: { address: value } };
}

/** All members, scripts and amounts; no `*`, the one character that URLSearchParams leaves as it is and tiyin encodes. */
export function variedOrders() {
  const order = (changes) => ({ ...typicalOrders(1)[0], ...changes });
  return [
    ...typicalOrders(100),
    ...cyrillicOrders(100),
    orderOfFields(100),
    orderOfLength(3000),
    order({ returnUrl: undefined }),
    order({ amount: { minor: 1, currency: "UZS" } }),
    order({ amount: { minor: 9007199254740991, currency: "UZS" } }),
    order({ amount: { minor: 1999, currency: "USD" } }),
    order({ amount: { minor: 2000, currency: "USD" }, wireUnit: "major" }),
    order({ amount: { minor: 50000, currency: "UZS" }, wireUnit: "minor" }),
    order({ convertTo: "USD" }),
    order({ amount: { minor: 500, currency: "USD" }, convertTo: "UZS" }),
    order({ account: { "квартира №": "12, ўнг томон", "o'quvchi ismi": "Gʻulom Oʻrinov" } }),
    order({ account: { a: "", "b c": "~!'()&=+%#\"<>[]{}|\\^`;:@,./$-_ \t\n\0", "😀": "🇺🇿👨‍👩‍👧𝒳漢字" } }),
    order({ returnUrl: "http://localhost:3000/paid?order=12&lang=ўз#done" }),
    order({ returnUrl: "https://тўлов.example.uz:8443/қайтиш" }),
  ];
}

/** Orders that every validating side must refuse. */
export function refusedOrders() {
  const order = (changes) => ({ ...typicalOrders(1)[0], ...changes });
  return [
    order({ merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b" }),
    order({ merchantId: undefined }),
    order({ amount: { minor: 1.5, currency: "UZS" } }),
    order({ amount: { minor: 0, currency: "UZS" } }),
    order({ amount: { minor: -100, currency: "UZS" } }),
    order({ amount: { minor: 9007199254740992, currency: "UZS" } }),
    order({ amount: { minor: "100", currency: "UZS" } }),
    order({ amount: { minor: 100, currency: "EUR" } }),
    order({ amount: { minor: 100, currency: "UZS", scale: 2 } }),
    order({ amount: { minor: 150, currency: "UZS" }, wireUnit: "major" }),
    order({ account: {} }),
    order({ account: { "": "12" } }),
    order({ account: { order_id: 12 } }),
    order({ returnUrl: "http://shop.example.uz/paid" }),
    order({ returnUrl: "javascript:alert(1)" }),
    order({ returnUrl: "/paid" }),
    order({ returnUrl: null }),
    order({ convertTo: "RUB" }),
    order({ wireUnit: "tiyin" }),
    order({ retrunUrl: "https://shop.example.uz/" }),
  ];
}

// Parsed from text, as orders arrive in a server: their strings are not the literals of this file.
function ordersOf(count, order) {
  return JSON.parse(JSON.stringify(Array.from({ length: count }, (_, index) => order(100001 + index))));
}
