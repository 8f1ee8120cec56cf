import { startLanguage } from "../language.js";
import { loadEntry } from "../package.js";
import { watchPointer } from "../pointer.js";
import { part } from "../simulated/dom.js";
import { showFailure } from "../simulated/failure.js";
import { plainError, speakWith } from "../simulated/say.js";
import { BASE_URL, openWorld } from "../simulated/world.js";
import { startTheme } from "../theme.js";
import { openBills } from "./bills.js";
import { makeFlow } from "./flow.js";
import { makeHistory } from "./history.js";
import { makePayer } from "./payer.js";
import { makeSandboxPanel } from "./sandbox-panel.js";
import en from "./texts/en.js";
import ru from "./texts/ru.js";
import uz from "./texts/uz.js";
import { makeWire } from "./wire.js";

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

// A payment that would be forgotten at a reload could be paid twice: without storage nothing is paid here.
async function openStorage({ createSandbox }) {
  if (!("BroadcastChannel" in window)) return { problem: { code: "no_channel" } };
  let bills;
  const lost = () => showFailure({ code: "storage_lost" }, bills?.uncertain());
  try {
    bills = await openBills(lost);
    return { bills, world: await openWorld(createSandbox, lost) };
  } catch {
    return { problem: { code: "no_storage" } };
  }
}

async function start() {
  const { tiyin, sandbox, messages, problem } = await loadPackage();
  if (problem) return showFailure(problem);
  const { world, bills, problem: blocked } = await openStorage(sandbox);
  if (blocked) return showFailure(blocked);
  speakWith({ tiyin, messages });

  const wire = makeWire(world.fetch);
  const config = { baseUrl: BASE_URL, fetch: wire.fetch, timeoutMs: TIMEOUT_MS };
  const paylov = new tiyin.PaylovServices(config);
  const payer = makePayer({ paylov, bills, problemOf: plainError });
  const history = makeHistory({ tiyin, paylov, bills });
  const { clock } = world;
  const flow = makeFlow({
    ...{ tiyin, paylov, bills, payer, wire, clock },
    followed: (bill) => panel.follow(bill),
    served(services) {
      panel.use(services);
      history.use(services);
    },
  });
  const panel = makeSandboxPanel({ world, showCards: flow.showCards, beginAnew });

  async function beginAnew() {
    await bills.forgetAll();
    await world.beginAnew();
    window.location.assign(window.location.pathname);
  }

  let paid = 0;
  part("counter").hidden = false;
  part("history").hidden = false;
  await panel.look();
  await flow.start();
  await history.load();
  bills.listen(async () => {
    const known = (await bills.all()).filter(({ state }) => state === "paid").length;
    if (known !== paid) history.load();
    paid = known;
  });
  document.documentElement.dataset.ready = "";
}

await start();
