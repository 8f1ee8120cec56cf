// Timers that run fast and are counted, for what waits.

const SPEED = 20;

/**
 * Runs `body` while timers run twenty times as fast. It gets the time, which stands still but for timers that end, so
 * that a slow machine changes nothing; the milliseconds that were asked for, and what is still set; and a real wait.
 */
export async function withFastTimers(body) {
  const { setTimeout, clearTimeout } = globalThis;
  let time = Date.now();
  const clock = {
    now: () => time,
    asked: [],
    pending: new Set(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
  globalThis.setTimeout = (callback, ms) => {
    clock.asked.push(ms);
    const due = time + ms;
    const timer = setTimeout(() => {
      clock.pending.delete(timer);
      time = Math.max(time, due);
      callback();
    }, ms / SPEED);
    clock.pending.add(timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    clock.pending.delete(timer);
    clearTimeout(timer);
  };
  try {
    return await body(clock);
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}
