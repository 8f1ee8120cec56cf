// The form that makes a link. What the form holds is the only state; everything shown is worked out from it anew.

import { showAmount } from "./amount-field.js";
import { announce } from "./announcer.js";
import { makeDraft } from "./draft.js";
import { makeFieldWatch, showProblem } from "./fields.js";
import { language, onLanguageChange, setText, text } from "./language.js";
import { orderFrom } from "./order.js";
import { draftOf, isDraft, makeOrderForm, SAMPLE } from "./order-form.js";
import { describe } from "./problems.js";
import { makeResult } from "./result.js";

const part = (id) => document.getElementById(id);

function messageOf(tiyin, { link, money, problems }) {
  if (link === undefined) return text("result.notReady", { problem: describe(problems[0]) });
  return text("result.ready", { money: tiyin.formatMoney(money, language()) });
}

/** Replacing what was typed can be taken back until something else is typed. */
function makeUndo(form, changed) {
  const button = part("undo");
  let before = null;

  button.addEventListener("click", () => {
    if (before === null) return;
    form.fill(before);
    changed();
    part("reset").focus();
  });

  return {
    forget() {
      before = null;
      button.hidden = true;
    },
    replace(draft) {
      const previous = form.read();
      const inSameOrder = { ...draft, ...previous };
      if (JSON.stringify(draft) === JSON.stringify(inSameOrder)) return;
      const kept = before ?? previous;
      form.fill(draft);
      changed();
      before = kept;
      button.hidden = false;
    },
  };
}

/** `ordered` is told the order whose link is shown, or `null`. */
export function startMaker({ ordered }) {
  const form = makeOrderForm(part("maker"), changed);
  const mayShow = makeFieldWatch(part("maker"), { changed, settled: render });
  const memory = makeDraft("tiyin.maker", form.read);
  const undo = makeUndo(form, changed);
  const result = makeResult();
  let tiyin = null;
  let stateKey = "page.starting";
  let announced = null;

  function showProblems(problems) {
    for (const { at, input, error } of form.places()) {
      const problem = problems.find((one) => one.at === at);
      const visible = problem && mayShow(input) ? problem : undefined;
      showProblem(input, error, visible);
      if (visible && part("more").contains(input)) part("more").open = true;
    }
  }

  function choose(money) {
    form.fill({ ...form.read(), amount: tiyin.toMajor(money), currency: money.currency });
    part("amount").focus();
    changed();
  }

  function tell(message) {
    if (announced !== null && announced !== message) announce(message);
    announced = message;
  }

  function render() {
    const isSample = part("merchant-id").value === SAMPLE.merchantId;
    setText(part("merchant-id-hint"), isSample ? "maker.merchantSample" : "maker.merchantHint");
    if (tiyin === null) {
      ordered(null, null);
      return result.showState(stateKey);
    }
    const outcome = orderFrom(tiyin, form.read());
    const blocking = outcome.problems.filter(({ harmless }) => !harmless);
    showProblems(outcome.problems);
    showAmount(tiyin, { money: outcome.money, problem: blocking.find(({ at }) => at === "amount") }, choose);
    if (outcome.link === undefined) result.showProblems(blocking);
    else result.showLink(tiyin, outcome);
    ordered(tiyin, outcome.link === undefined ? null : outcome.order);
    tell(messageOf(tiyin, { ...outcome, problems: blocking }));
  }

  function changed() {
    undo.forget();
    memory.changed();
    render();
  }

  part("maker").addEventListener("submit", (event) => event.preventDefault());
  part("reset").addEventListener("click", () => {
    undo.replace(SAMPLE);
    announce(text("maker.resetDone"));
  });
  onLanguageChange(() => {
    form.translate();
    announced = null;
    render();
  });

  const stored = memory.restore();
  form.fill(isDraft(stored) ? stored : { ...form.read(), rows: SAMPLE.rows });
  render();

  return {
    /** `null` where the package could not be started. */
    use(loaded) {
      tiyin = loaded;
      stateKey = "page.failed";
      render();
    },
    edit(order) {
      undo.replace(draftOf(tiyin, order));
      announce(text("decoder.editDone"));
      part("make-heading").scrollIntoView();
      part("make-heading").focus();
    },
  };
}
