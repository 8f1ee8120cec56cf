// What was typed outlives a reload and the way back. It stays in this tab and never becomes part of an address.

import { recall, remember } from "./memory.js";

const PAUSE = 200;

export function makeDraft(name, read) {
  let timer = 0;

  function write() {
    if (timer === 0) return;
    clearTimeout(timer);
    timer = 0;
    remember(name, JSON.stringify(read()));
  }

  window.addEventListener("pagehide", write);
  document.addEventListener("visibilitychange", write);

  return {
    changed() {
      clearTimeout(timer);
      timer = setTimeout(write, PAUSE);
    },
    restore() {
      try {
        return JSON.parse(recall(name));
      } catch {
        return null;
      }
    },
  };
}
