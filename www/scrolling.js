// A block that scrolls must be reachable by keyboard, and one that does not scroll must not be a stop on the way.

export function updateScrolling() {
  for (const block of document.querySelectorAll(".block, dd")) {
    if (block.scrollHeight > block.clientHeight + 1) block.tabIndex = 0;
    else block.removeAttribute("tabindex");
  }
}

window.addEventListener("resize", updateScrolling);
