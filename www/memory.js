// Storage can be blocked or full. What could not be stored goes into the history entry, which outlives a reload too.

function area(lasting) {
  return lasting ? window.localStorage : window.sessionStorage;
}

function fromHistory() {
  return window.history.state ?? {};
}

function toHistory(name, text) {
  try {
    window.history.replaceState({ ...fromHistory(), [name]: text }, "");
  } catch {
    // Too large for the history entry or written too often: the page works on without memory.
  }
}

export function remember(name, text, { lasting = false } = {}) {
  try {
    area(lasting).setItem(name, text);
    if (name in fromHistory()) toHistory(name, undefined);
  } catch {
    forgetStored(name, lasting);
    toHistory(name, text);
  }
}

// An older text left behind would come back at the next reload as if it were the newest.
function forgetStored(name, lasting) {
  try {
    area(lasting).removeItem(name);
  } catch {
    // Blocked storage holds nothing to remove.
  }
}

export function recall(name, { lasting = false } = {}) {
  try {
    return area(lasting).getItem(name) ?? fromHistory()[name] ?? null;
  } catch {
    return fromHistory()[name] ?? null;
  }
}
