import { part } from "../bill/dom.js";
import { plainError, speakWith } from "../bill/say.js";
import { openWorld } from "../bill/world.js";
import { onLanguageChange, startLanguage } from "../language.js";
import { loadEntry } from "../package.js";
import { watchPointer } from "../pointer.js";
import { describe } from "../problems.js";
import { startTheme } from "../theme.js";
import { makeBankPanel } from "./bank-panel.js";
import { makeChecker } from "./checked.js";
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

const PARTS = ["counter", "accounts", "statement", "reconciliation"];

function showParts(areShown) {
  for (const id of PARTS) part(id).hidden = !areShown;
}

function fail(problem) {
  const show = () => {
    part("failure-text").textContent = describe(problem);
  };
  show();
  onLanguageChange(show);
  part("failure").hidden = false;
  showParts(false);
}

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
  try {
    return { world: await openWorld(createSandbox, "tiyin.sandbox.bank"), orders: await openOrders() };
  } catch (error) {
    return { problem: { code: "no_storage", message: String(error) } };
  }
}

async function start() {
  const { tiyin, sandbox, messages, problem } = await loadPackage();
  if (problem) return fail(problem);
  const { world, orders, problem: blocked } = await openStorage(sandbox);
  if (blocked) return fail(blocked);
  speakWith({ tiyin, messages });

  const wire = makeWire(world.fetch, orders.note);
  const bank = new tiyin.BankTransfers({ baseUrl: BASE_URL, fetch: wire, timeoutMs: TIMEOUT_MS });
  const sender = makeSender({ bank, orders, problemOf: plainError });
  const services = makeServices({ bank, chosen: () => flow.changed() });
  const statement = makeStatement({ tiyin, bank });
  makeReconciliation({ tiyin, bank, orders, query: statement.query });
  const checked = makeChecker(tiyin);
  const flow = makeFlow({ tiyin, orders, sender, services, checked, followed: (row) => panel.follow(row) });
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
  showParts(true);
  await panel.look();
  await flow.start();
  await statement.load();
  document.documentElement.dataset.ready = "";
}

await start();
