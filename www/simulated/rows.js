// Terms and what stands behind them.

import { make } from "./dom.js";

/** `[term, description]` pairs as a list; what has no description is left out. */
export function termList(pairs, className = "terms") {
  const rows = pairs
    .filter(([, description]) => description !== undefined && description !== "")
    .map(([term, description, members]) =>
      make("div", {}, make("dt", { textContent: term }), make("dd", members, description)),
    );
  return make("dl", { className }, rows);
}

/** What a service tells: a balance, a holder's name. Its words are the service's own. */
export const infoPairs = (info) =>
  info.map(({ title, value, postfix }) => [
    title,
    postfix && !value.endsWith(postfix) ? `${value} ${postfix}` : value,
    { lang: "ru" },
  ]);
