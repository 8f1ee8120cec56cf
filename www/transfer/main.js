import { startLanguage } from "../language.js";
import { loadEntry } from "../package.js";
import { watchPointer } from "../pointer.js";
import { make, part } from "../simulated/dom.js";
import { showFailure } from "../simulated/failure.js";
import { money, plainError, speakWith } from "../simulated/say.js";
import { openWorld } from "../simulated/world.js";
import { startTheme } from "../theme.js";
import { makeBankPanel } from "./bank-panel.js";
import { makeFlow } from "./flow.js";
import { openOrders } from "./orders.js";
import { makeReconciliation } from "./reconciliation.js";
import { makeSender } from "./sender.js";
import { makeServices } from "./services.js";
import { makeStatement } from "./statement.js";
import en from "./texts/en.js";
import ru from "./texts/ru.js";
import uz from "./texts/uz.js";
import { makeWire } from "./wire.js";

/** Where the bank would be; only the path counts. */
const BASE_URL = "https://sandbox.example/bank";
/** The page's patience with one answer. */
const TIMEOUT_MS = 6000;

startTheme();
startLanguage({ uz, ru, en });
watchPointer();
document.querySelector(".preferences").addEventListener("submit", (event) => event.preventDefault());
document.documentElement.classList.remove("starting");

/** The package's entries, or what is wrong with one of them. */
async function loadPackage() {
  const entries = await Promise.all([
    loadEntry("index", ({ som }) => som(1)),
    loadEntry("sandbox", ({ createSandbox }) => createSandbox().ledger()),
    loadEntry("messages", ({ describeError }) => describeError({ code: "internal" })),
  ]);
  const [tiyin, sandbox, messages] = entries.map(({ entry }) => entry);
  return { tiyin, sandbox, messages, problem: entries.find(({ problem }) => problem)?.problem };
}

// An order whose number is forgotten at a reload could be paid twice: without storage nothing is paid here.
async function openStorage({ createSandbox }) {
  if (!("BroadcastChannel" in window)) return { problem: { code: "no_channel" } };
  let orders;
  const lost = () => showFailure({ code: "storage_lost" }, orders?.uncertain(), orderRow);
  try {
    orders = await openOrders(lost);
    return { orders, world: await openWorld(createSandbox, lost, "tiyin.sandbox.bank") };
  } catch {
    return { problem: { code: "no_storage" } };
  }
}

function orderRow({ order }) {
  const facts = [order.payee.name ?? order.payee.account, money(order.amount), order.orderId];
  return make("li", { textContent: facts.join(" · ") });
}

async function start() {
  const { tiyin, sandbox, messages, problem } = await loadPackage();
  if (problem) return showFailure(problem);
  const { world, orders, problem: blocked } = await openStorage(sandbox);
  if (blocked) return showFailure(blocked);
  speakWith({ tiyin, messages });

  const wire = makeWire(world.fetch, orders.note);
  const bank = new tiyin.BankTransfers({ baseUrl: BASE_URL, fetch: wire, timeoutMs: TIMEOUT_MS });
  const sender = makeSender({ bank, orders, problemOf: plainError });
  const services = makeServices({ bank, chosen: () => flow.changed() });
  const statement = makeStatement({ tiyin, bank });
  makeReconciliation({ tiyin, bank, orders, query: statement.query });
  const flow = makeFlow({ tiyin, orders, sender, services, followed: (row) => panel.follow(row) });
  let movements = 0;

  /** What moved changes the balances and the statement. */
  function seen({ ledger, at }) {
    statement.useClock(at);
    if (ledger.length !== movements && document.documentElement.dataset.ready === "") {
      services.loadBalances();
      statement.load();
    }
    movements = ledger.length;
  }

  async function beginAnew() {
    await orders.forgetAll();
    await world.beginAnew();
    window.location.assign(window.location.pathname);
  }

  const panel = makeBankPanel({ world, seen, beginAnew });
  for (const id of ["counter", "accounts", "statement", "reconciliation"]) part(id).hidden = false;
  await panel.look();
  await flow.start();
  await statement.load();
  document.documentElement.dataset.ready = "";
}

await start();
