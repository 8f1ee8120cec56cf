// Whose account it is and what is owed, where the service tells before a payment.

import { announce } from "../announcer.js";
import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { infoPairs, termList } from "../simulated/rows.js";
import { errorText, plainError } from "../simulated/say.js";

/** `read` gives the account, or `undefined` where it has errors. */
export function makeAccountInfo(paylov, read) {
  const button = part("look-up");
  let service;
  let asked = 0;
  let shown;

  function content() {
    if (shown === undefined) return [];
    if (shown === "asking") return [make("p", { className: "waiting", textContent: text("form.lookingUp") })];
    if (shown.problem) return [make("p", { className: "error", textContent: errorText(shown.problem) })];
    return [make("h3", { textContent: text("form.accountOf") }), termList(infoPairs(shown.info))];
  }

  function show(next) {
    shown = next;
    part("account-info").replaceChildren(...content());
    part("account-info").hidden = shown === undefined;
  }

  async function lookUp() {
    const account = read();
    if (!account) return;
    const own = ++asked;
    show("asking");
    const answer = await paylov
      .getInfo({ serviceId: service.serviceId, account })
      .then((info) => ({ info }))
      .catch((error) => ({ problem: plainError(error) }));
    if (own !== asked) return; // Another account has been typed meanwhile.
    show(answer);
    announce(answer.problem ? errorText(answer.problem) : answer.info.map(({ value }) => value).join(", "));
  }

  button.addEventListener("click", lookUp);
  onLanguageChange(() => show(shown));

  return {
    use(next) {
      service = next;
      button.hidden = !service?.hasInfo;
      this.forget();
    },
    /** What was told is of another account than the one that stands there now. */
    forget() {
      asked += 1;
      show(undefined);
    },
  };
}
