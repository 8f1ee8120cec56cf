// The lines of code that make exactly the shown link.

/** Text as a JavaScript string that survives an HTML page and hides no invisible character. */
function quoted(value) {
  return JSON.stringify(value)
    .replace(/[\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`)
    .replace(/<(?=[/!])/g, "\\x3C");
}

function memberName(key) {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

function amountCall(tiyin, amount) {
  const major = tiyin.toMajor(amount);
  const exact = /^\d{1,15}$/.test(major) ? major : quoted(major);
  return { name: amount.currency === "USD" ? "usd" : "som", argument: exact };
}

function objectText(members) {
  return `{ ${members.join(", ")} }`;
}

export function snippetOf(tiyin, order) {
  const { name, argument } = amountCall(tiyin, order.amount);
  const account = Object.entries(order.account).map(([key, value]) => `${memberName(key)}: ${quoted(value)}`);
  const members = [
    `merchantId: ${quoted(order.merchantId)}`,
    `amount: ${name}(${argument})`,
    `account: ${objectText(account)}`,
  ];
  for (const optional of ["returnUrl", "convertTo", "wireUnit"]) {
    if (order[optional] !== undefined) members.push(`${optional}: ${quoted(order[optional])}`);
  }
  return [
    `import { ${name}, checkoutLink } from "tiyin/checkout";`,
    `const order = ${objectText(members)};`,
    "const link = checkoutLink(order);",
  ].join("\n");
}
