// What was done about an order so far, as steps: the bank was asked, it had nothing, the order was sent, and what it said since.

import { text } from "../language.js";
import { make } from "../simulated/dom.js";
import { timeOfDay } from "../simulated/say.js";

/** How each thing that is heard looks: `done` where it is certain, `unsure` where it is not. */
const LOOKS = {
  ask: {
    nothing: "done",
    accepted: "done",
    settled: "done",
    deleted: "done",
    refusal: "unsure",
    unclear: "unsure",
    lost: "unsure",
  },
  create: {
    accepted: "done",
    settled: "done",
    deleted: "done",
    nothing: "unsure",
    refusal: "unsure",
    unclear: "unsure",
    lost: "unsure",
  },
};

const step = (look, moment, words) =>
  make(
    "li",
    { className: `step ${look}` },
    make("span", { className: "step-words", textContent: words }),
    moment && make("time", { className: "hint", textContent: timeOfDay(moment) }),
  );

/** Its sends are counted, so that a second one is called that. */
function stepOf({ kind, said, at, times }, sends) {
  if (kind === "sending") return step("done", at, text(sends === 1 ? "timeline.sent" : "timeline.sentAgain"));
  const words = text(`timeline.${kind}_${said}`);
  const often = times > 1 ? ` ${text("timeline.times", { number: String(times) })}` : "";
  return step(LOOKS[kind][said], at, words + often);
}

const ENDS = { settled: "timeline.settled", deleted: "timeline.deleted", refused: "timeline.refused" };

/** The steps so far, as items of a list. */
export function stepsOf(row, isUnderWay) {
  let sends = 0;
  const steps = [step("done", row.createdAt, text("timeline.written"))];
  for (const event of row.events) {
    if (event.kind === "sending") sends += 1;
    steps.push(stepOf(event, sends));
  }
  if (row.state === "sent")
    steps.push(
      isUnderWay
        ? step("doing", undefined, text("timeline.asking"))
        : step("unsure", row.pendingAt, text("timeline.pending")),
    );
  if (ENDS[row.state]) steps.push(step("done end", row.knownAt, text(ENDS[row.state])));
  return steps;
}
