import { announce } from "./announcer.js";
import { setText, text } from "./language.js";

const SHOWN_FOR = 2500;

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

async function viaClipboard(content) {
  try {
    await navigator.clipboard.writeText(content);
    return true;
  } catch {
    return false;
  }
}

function viaSelection(element) {
  select(element);
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}

/** A button that copies what `element` shows. Returns a function that takes back what the button said about it. */
export function makeCopyButton({ button, element, byHand, label }) {
  const caption = button.querySelector("span");
  let timer = 0;

  function reset() {
    clearTimeout(timer);
    button.classList.remove("done");
    byHand.hidden = true;
    if (caption.dataset.text !== label) setText(caption, label);
  }

  function tellCopied() {
    reset();
    button.classList.add("done");
    setText(caption, "result.copied");
    announce(text("result.copied"));
    timer = setTimeout(reset, SHOWN_FOR);
  }

  function askToCopyByHand() {
    reset();
    select(element);
    byHand.hidden = false;
    announce(text("result.copyByHand"));
  }

  button.addEventListener("click", async () => {
    const content = element.textContent;
    if (content === "") return;
    const copied =
      (await viaClipboard(content)) || (element.textContent === content && viaSelection(element));
    if (element.textContent !== content) return;
    if (copied) tellCopied();
    else askToCopyByHand();
  });

  return reset;
}
