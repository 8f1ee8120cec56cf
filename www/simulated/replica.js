// A sandbox that is made from a log of what was asked of it: the same requests at the same times get the same answers.

// Not longer than the first send of a read may take, which is half of the page's patience: slow is not broken.
const SLOW = { percent: 100, kinds: ["delay"], ms: 2000 };

const isOf =
  ({ kind, route }) =>
  (strike) =>
    strike.kind === kind && strike.route === route;

/** What is left of rules: those that have struck as often as they may are over. */
function unspent(rules, before, now) {
  const left = now.map((strike) => ({
    ...strike,
    times: strike.times - (before.find(isOf(strike))?.times ?? 0),
  }));
  return rules.flatMap((rule) => {
    const struck = left.find(isOf(rule));
    const spent = Math.min(rule.times, struck?.times ?? 0);
    if (struck) struck.times -= spent;
    return spent === rule.times ? [] : [{ ...rule, times: rule.times - spent }];
  });
}

/** `createSandbox` is the package's. */
export function makeReplica(createSandbox) {
  let sandbox;
  let moment = 0;
  let taken = () => {};
  let known = 0;
  let ahead = 0;
  let faults = { rules: [], isSlow: false };
  let struckBefore = [];

  // The sandbox asks for the time in the very moment in which it takes a request.
  function now() {
    taken();
    return moment;
  }

  function arm(next) {
    faults = next;
    struckBefore = sandbox.strikes();
    sandbox.setFaults({ rules: faults.rules, ...(faults.isSlow && { random: SLOW }) });
  }

  const replays = {
    begin({ seed, at }) {
      sandbox = createSandbox({ seed, now });
      ahead = 0;
      moment = at;
      arm({ rules: [], isSlow: false });
    },
    wait({ ms }) {
      ahead += ms;
    },
    faults: arm,
    // Waits until it is executed, and gives its answer, which may never come.
    async request({ method, url, headers, body }) {
      const isTaken = new Promise((resolve) => {
        taken = resolve;
      });
      const answer = sandbox.fetch(url, { method, headers, body });
      answer.catch(() => {}); // What is lost here was another tab's, or is told by `answer` itself.
      await Promise.race([isTaken, answer]);
      return { answer };
    },
  };

  return {
    /** The last entry that was replayed. */
    known: () => known,
    /** The time in this sandbox, which never goes back. */
    time: () => Math.max(moment, Date.now() + ahead),
    /** The time in this sandbox, after entries that were not replayed yet. */
    timeAfter(entries) {
      const waits = entries.filter(({ kind }) => kind === "wait").map(({ ms }) => ms);
      return waits.reduce((sum, ms) => sum + ms, Date.now() + ahead);
    },
    /** Replays entries in their order, and gives what came of the last one. */
    async replay(entries) {
      let outcome;
      for (const entry of entries) {
        known = entry.id;
        moment = Math.max(moment, entry.at);
        outcome = await replays[entry.kind](entry);
      }
      return outcome;
    },
    /** What is true at a moment. */
    seenAt(at) {
      moment = Math.max(moment, at);
      const [ledger, cards, strikes] = [sandbox.ledger(), sandbox.cards(), sandbox.strikes()];
      const rules = unspent(faults.rules, struckBefore, strikes);
      return { at: moment, ledger, cards, strikes, faults: { rules, isSlow: faults.isSlow } };
    },
  };
}
