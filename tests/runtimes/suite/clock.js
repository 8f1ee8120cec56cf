// Timers that run fast and are counted, for what waits.

const SPEED = 100;

/**
 * Runs `body` while timers run a hundred times as fast. It gets the time as they have it, the milliseconds that were asked
 * for, and what is still set.
 */
export async function withFastTimers(body) {
  const { setTimeout, clearTimeout } = globalThis;
  const began = Date.now();
  const now = () => began + (Date.now() - began) * SPEED;
  const clock = { now, asked: [], pending: new Set() };
  globalThis.setTimeout = (callback, ms) => {
    clock.asked.push(ms);
    const timer = setTimeout(() => {
      clock.pending.delete(timer);
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
