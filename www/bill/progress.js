// A payment that was sent: what was done about it so far, and what is not known.

import { text } from "../language.js";
import { make } from "../simulated/dom.js";
import { timeOfDay } from "../simulated/say.js";
import { button, stateHead, summaryOf, sumOf, tear } from "./summary.js";

const ANSWERS = {
  awaited: ["doing", "steps.awaited"],
  came: ["done", "steps.came"],
  failed: ["unsure", "steps.failed"],
  lost: ["unsure", "steps.lost"],
};

const step = (state, moment, words) =>
  make(
    "li",
    { className: `step ${state}` },
    make("span", { className: "step-words", textContent: words }),
    moment && make("time", { className: "hint", textContent: timeOfDay(moment) }),
  );

/** A tab that ended after the claim may have sent nothing: only who saw it leave knows. */
function sentStep({ sentAt }, { answer }) {
  return answer
    ? step("done", sentAt, text("steps.sent"))
    : step("unsure", sentAt, text("steps.sentPerhaps"));
}

function answerStep({ answer }, isUnderWay) {
  const [state, key] = ANSWERS[answer] ?? ["unsure", "steps.unheard"];
  return step(state === "doing" && !isUnderWay ? "unsure" : state, undefined, text(key));
}

function askedStep({ asked, askedAt, said }, isUnderWay) {
  if (asked === 0) return step("doing", undefined, text("steps.asking"));
  const words = text("steps.asked", { number: String(asked) });
  const heard = said === "created" ? ` ${text("steps.saidCreated")}` : "";
  return step(isUnderWay ? "doing" : "unsure", askedAt, words + heard);
}

/** The steps so far, as items of a list. */
export function stepsOf(bill, trace, isUnderWay) {
  const steps = [step("done", bill.createdAt, text("steps.prepared"))];
  if (bill.state !== "sent") return steps;
  steps.push(sentStep(bill, trace), answerStep(trace, isUnderWay));
  if (trace.answer !== "awaited") steps.push(askedStep(trace, isUnderWay));
  return steps;
}

const stepList = () =>
  make(
    "div",
    { className: "part" },
    make("ol", { id: "steps", className: "steps", "aria-label": text("steps.heading") }),
  );

export function showBusy(bill) {
  const head = stateHead("busy", text("bill.busy"), text("bill.busyMeans"));
  return { parts: [head, sumOf(bill), tear(), stepList(), summaryOf(bill)] };
}

export function showUnknown(bill, actions) {
  const head = stateHead("unknown", text("bill.unknown"), text("bill.unknownMeans"));
  const ask = make("button", {
    type: "button",
    className: "primary",
    id: "ask",
    click: () => actions.ask(bill),
  });
  ask.textContent = text("bill.ask");
  const rest = make(
    "div",
    { className: "part" },
    make("p", { className: "hint", id: "next-ask" }),
    make("div", { className: "actions" }, ask, button("secondary", "bill.another", actions.another)),
  );
  return { parts: [head, sumOf(bill), tear(), stepList(), rest, summaryOf(bill)] };
}
