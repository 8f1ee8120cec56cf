// The slip beside the form: the finished link and what belongs to it, or what is still missing.

import { makeCopyButton } from "./copy.js";
import { language, setText, text } from "./language.js";
import { describe } from "./problems.js";
import { makeQr } from "./qr.js";
import { countsMinor, parametersOf, queryOf } from "./query.js";
import { updateScrolling } from "./scrolling.js";
import { snippetOf } from "./snippet.js";

const LABELS = {
  merchantId: "maker.merchantId",
  amount: "maker.amount",
  returnUrl: "maker.returnUrl",
  convertTo: "maker.convertTo",
  wireUnit: "maker.wireUnit",
};

const part = (id) => document.getElementById(id);

function unitKey(money, minor) {
  const currency = money.currency === "USD" ? "Usd" : "Uzs";
  return `result.unit${currency}${minor ? "Minor" : "Major"}`;
}

function showQuery(parameters) {
  const lines = parameters.map(({ parameter, tellsAmount }, index) => {
    const line = document.createElement("span");
    if (tellsAmount) line.className = "marked";
    line.textContent = (index === 0 ? "" : "&") + parameter;
    return line;
  });
  part("query").replaceChildren(...lines);
}

export function makeResult() {
  const resets = ["link", "code"].map((name) =>
    makeCopyButton({
      button: part(`copy-${name}`),
      element: part(name === "link" ? "link" : "snippet"),
      byHand: part(`copy-${name}-by-hand`),
      label: name === "link" ? "result.copyLink" : "result.copyCode",
    }),
  );

  const qr = makeQr();

  function clear() {
    qr.clear();
    for (const id of ["link", "query", "snippet", "equation", "result-sum"]) part(id).textContent = "";
    part("open-link").removeAttribute("href");
  }

  function toggle(ready) {
    part("result-ready").hidden = !ready;
    part("details").hidden = !ready;
    part("result-waiting").hidden = ready;
  }

  return {
    showState(key) {
      clear();
      setText(part("waiting-text"), key);
      part("problems").replaceChildren();
      toggle(false);
    },

    showProblems(problems) {
      this.showState("result.waiting");
      const items = problems.map((problem) => {
        const item = document.createElement("li");
        if (problem.at !== "order") {
          const label = document.createElement("strong");
          label.textContent = text(LABELS[problem.at] ?? "maker.account");
          item.append(label, " ");
        }
        item.append(describe(problem));
        return item;
      });
      part("problems").replaceChildren(...items);
    },

    showLink(tiyin, { money, order, link }) {
      if (part("link").textContent !== link) for (const reset of resets) reset();
      const parameters = parametersOf(queryOf(link));
      const amountPart = parameters
        .filter(({ tellsAmount }) => tellsAmount)
        .map(({ parameter }) => parameter);
      const sum = tiyin.formatMoney(money, language());
      part("result-sum").textContent = sum;
      part("result-sum").classList.toggle("long", sum.length > 16);
      part("equation").textContent = `${sum} = ${amountPart.join("&")}`;
      setText(part("unit"), unitKey(money, countsMinor(parameters)));
      part("link").textContent = link;
      part("open-link").href = link;
      qr.show(link, sum);
      showQuery(parameters);
      part("snippet").textContent = snippetOf(tiyin, order);
      toggle(true);
      updateScrolling();
    },
  };
}
