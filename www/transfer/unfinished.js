// Orders of which nobody knows yet what became of them: the form tells of them before another one is written.

import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { money } from "../simulated/say.js";
import { isUncertain } from "./orders.js";

export function makeUnfinished({ orders, open }) {
  let isWanted = false;
  let sent = [];

  function item({ id, order }) {
    const line = `${order.payee.name ?? order.payee.account} · ${money(order.amount)}`;
    const look = make("button", { type: "button", className: "secondary", click: () => open(id) });
    look.textContent = text("order.look");
    look.setAttribute("aria-label", `${text("order.look")}: ${line}`);
    return make("li", {}, make("span", { textContent: line }), look);
  }

  function render() {
    part("unfinished-list").replaceChildren(...sent.map(item));
    part("unfinished").hidden = !isWanted || sent.length === 0;
  }

  async function refresh() {
    sent = (await orders.all()).filter(isUncertain);
    render();
    return sent;
  }

  orders.listen(refresh);
  onLanguageChange(render);

  return {
    refresh,
    show(wanted) {
      isWanted = wanted;
      render();
    },
  };
}
