// Bills of which nobody knows yet what became of them: the form tells of them before another one is paid.

import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { accountLine, money } from "../simulated/say.js";
import { isUncertain } from "./bills.js";

export function makeUnfinished({ bills, open }) {
  let isWanted = false;
  let sent = [];

  function row(bill) {
    const line = `${bill.service.name} · ${accountLine(bill)} · ${money(bill.amount)}`;
    const look = make("button", { type: "button", className: "secondary", click: () => open(bill.id) });
    look.textContent = text("bill.look");
    look.setAttribute("aria-label", `${text("bill.look")}: ${line}`);
    return make("li", {}, make("span", { textContent: line }), look);
  }

  function render() {
    part("unfinished-list").replaceChildren(...sent.map(row));
    part("unfinished").hidden = !isWanted || sent.length === 0;
  }

  async function refresh() {
    sent = (await bills.all()).filter(isUncertain);
    render();
    return sent;
  }

  bills.listen(refresh);
  onLanguageChange(render);

  return {
    refresh,
    show(wanted) {
      isWanted = wanted;
      render();
    },
  };
}
