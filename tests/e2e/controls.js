// Which interactive elements the page has ever had, and which of them were really used.

const known = new Map();
const used = new Set();

/** Runs in the page: names each control the same way in every run, and tells when it appears and when it is used. */
function observe() {
  // The pages that pay are checked by other means.
  if (/\/(?:bill|transfer)\.html$/.test(window.location.pathname)) return;
  const INTERACTIVE =
    'a, button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"]), [contenteditable], [onclick]';

  function nameOf(element) {
    if (element.closest(".account-row")) return `account row ${element.dataset.part ?? "remove"}`;
    if (element.closest("#amount-choices")) return "amount choice";
    if (element.type === "radio") return `radio ${element.name}=${element.value}`;
    if (element.dataset.example) return `example ${element.dataset.example}`;
    if (element.matches('a[href^="#"]')) return `link ${element.className} ${element.getAttribute("href")}`;
    if (element.id) return `${element.localName} #${element.id}`;
    return `${element.localName} in ${element.closest("[id]")?.id ?? "body"}`;
  }

  // Text fields are used by typing, switches by changing, scrolling blocks by reaching them, the rest by a click.
  function eventOf(element) {
    if (element.matches("textarea, input:not([type=radio])")) return "input";
    if (element.matches("select, input")) return "change";
    return element.matches("a, button, summary") ? "click" : "focusin";
  }

  function tellUse({ type, target, isTrusted }) {
    const element = target.closest?.(INTERACTIVE);
    if (isTrusted && element && eventOf(element) === type) window.controlUsed(nameOf(element));
  }

  function tellKnown() {
    const names = [...document.querySelectorAll(INTERACTIVE)].map(nameOf);
    if (names.length > 0) window.controlsKnown(names);
  }

  for (const type of ["input", "change", "click", "focusin"]) document.addEventListener(type, tellUse, true);
  document.addEventListener("DOMContentLoaded", tellKnown);
  new MutationObserver(tellKnown).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ["tabindex"],
  });
}

export async function watchControls(context) {
  await context.exposeBinding("controlUsed", (_, name) => used.add(name));
  await context.exposeBinding("controlsKnown", (_, names) => {
    for (const name of names) known.set(name, true);
  });
  await context.addInitScript(observe);
}

export function unusedControls() {
  return [...known.keys()].filter((name) => !used.has(name)).sort();
}

export function knownControls() {
  return [...known.keys()].sort();
}
