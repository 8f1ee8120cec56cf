// The accounts that orders are paid from, with what is on them. Those that ask for a card are not for this page, which takes none.

import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { errorText, money, plainError } from "../simulated/say.js";

function reasonAgainst({ active, type }) {
  if (!active) return text("payee.inactive");
  return type === "working_with_card" ? text("payee.needsCard") : undefined;
}

/** `chosen` is called when another one is chosen. */
export function makeServices({ bank, chosen }) {
  const select = part("payee-service");
  let services = [];
  let balances = new Map();

  const isUsable = (service) => reasonAgainst(service) === undefined;

  function optionOf(service) {
    const reason = reasonAgainst(service);
    const name = `№ ${service.id} · ${service.name}`;
    const textContent = reason ? `${name} (${reason})` : name;
    return make("option", { value: service.id, textContent, disabled: reason !== undefined });
  }

  function fillSelects() {
    const before = select.value;
    select.replaceChildren(...services.map(optionOf));
    select.value = before || (services.find(isUsable)?.id ?? "");
    const query = part("statement-service");
    const asked = query.value;
    query.replaceChildren(...services.filter(isUsable).map(optionOf));
    query.value = asked || select.value;
  }

  function balanceOf({ id }) {
    const found = balances.get(id);
    if (!found) return text("balance.asking");
    return found.problem ? errorText(found.problem) : money(found);
  }

  function row(service) {
    return make(
      "li",
      { className: "balance" },
      make("span", { className: "balance-name", lang: "ru", textContent: service.name }),
      make("strong", { className: "number", textContent: balanceOf(service) }),
      make("span", {
        className: "hint number",
        textContent: text("balance.account", { account: service.account, id: service.id }),
      }),
    );
  }

  function render() {
    fillSelects();
    part("balances").replaceChildren(...services.filter(isUsable).map(row));
  }

  async function loadBalances() {
    const ask = async ({ id }) => {
      const found = await bank.getBalance(id).catch((error) => ({ problem: plainError(error) }));
      return [id, found];
    };
    balances = new Map(await Promise.all(services.filter(isUsable).map(ask)));
    render();
  }

  select.addEventListener("change", chosen);
  part("balances-refresh").addEventListener("click", loadBalances);
  onLanguageChange(render);

  return {
    loadBalances,
    chosen: () => services.find(({ id }) => id === select.value),
    choose(id) {
      if (services.some((service) => service.id === id && isUsable(service))) select.value = id;
    },
    /** Loads them, and gives what went wrong, if anything. */
    async load() {
      try {
        services = await bank.listServices();
        render();
        await loadBalances();
        return undefined;
      } catch (error) {
        return plainError(error);
      }
    },
  };
}
