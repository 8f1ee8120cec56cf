// What was paid at the provider, with filters, a total and a chart by category.

import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { count, errorText, money, plainError } from "../simulated/say.js";
import { cardName } from "./cards.js";
import { showChart } from "./chart.js";
import { addressOf } from "./place.js";

function cell(key, members, ...children) {
  const term = make("span", { className: "cell-term", "aria-hidden": "true", textContent: text(key) });
  return make("td", {}, term, make("span", members, ...children));
}

function receiptLink(bill, name) {
  const words = text("history.receipt");
  const link = make("a", { className: "receipt-link", href: addressOf(bill.id), textContent: words });
  link.setAttribute("aria-label", `${words}: ${name}, ${money(bill.amount)}`);
  return link;
}

function rowOf(payment, services, bills) {
  const service = services.find(({ serviceId }) => serviceId === payment.serviceId);
  const name = service?.name ?? payment.serviceId;
  const bill = bills.find(({ transactionId }) => transactionId === payment.id);
  return make(
    "tr",
    {},
    cell("history.date", { className: "number", textContent: payment.date }),
    cell(
      "history.service",
      {},
      make("span", { lang: "ru", textContent: name }),
      bill && receiptLink(bill, name),
    ),
    cell("history.card", { className: "number", textContent: cardName(payment.maskedPan) }),
    cell("history.amount", { className: "number amount-cell", textContent: money(payment.amount) }),
  );
}

export function makeHistory({ tiyin, paylov, bills }) {
  const filters = part("history-filters");
  let services = [];
  let receipts = [];
  let asked = 0;
  let shown;

  function filter() {
    const { service, from, to } = filters.elements;
    const given = { serviceId: service.value, beginDate: from.value, endDate: to.value };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  }

  const sumOf = (payments) => tiyin.addMoney(tiyin.som(0), ...payments.map(({ amount }) => amount));

  function categories(payments) {
    const sums = new Map();
    for (const { serviceId, amount } of payments) {
      const name = services.find((service) => service.serviceId === serviceId)?.category.name ?? serviceId;
      sums.set(name, tiyin.addMoney(sums.get(name) ?? tiyin.som(0), amount));
    }
    return [...sums]
      .map(([name, sum]) => ({ name, sum }))
      .sort((one, other) => other.sum.minor - one.sum.minor);
  }

  function render() {
    const { payments = [], problem } = shown ?? {};
    part("history-problem").textContent = problem ? errorText(problem) : "";
    part("history-problem").hidden = !problem;
    part("history-none").hidden = problem !== undefined || payments.length > 0;
    part("history-paid").hidden = payments.length === 0;
    part("history-rows").replaceChildren(...payments.map((payment) => rowOf(payment, services, receipts)));
    const total = { money: money(sumOf(payments)) };
    part("history-total").textContent =
      `${count("history.count", payments.length)} ${text("history.total", total)}`;
    showChart(categories(payments));
  }

  async function load() {
    const own = ++asked;
    const answer = await paylov.listPaid(filter()).catch((error) => ({ problem: plainError(error) }));
    const paid = (await bills.all()).filter(({ state }) => state === "paid");
    if (own !== asked) return;
    shown = answer;
    receipts = paid;
    render();
  }

  function showServices() {
    const { service } = filters.elements;
    const chosen = service.value;
    const option = ({ serviceId, name }) =>
      make("option", { value: serviceId, textContent: name, lang: "ru" });
    const all = make("option", { value: "", textContent: text("history.all") });
    service.replaceChildren(all, ...services.map(option));
    service.value = chosen;
  }

  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("change", load);
  part("history-refresh").addEventListener("click", load);
  onLanguageChange(() => {
    showServices();
    render();
  });

  return {
    load,
    use(listed) {
      services = listed;
      showServices();
      render();
    },
  };
}
