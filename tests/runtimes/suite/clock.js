// Timers without time, for what waits.

// A timer ends when nothing else has happened for so many turns of the event loop: of turns a slow machine needs no more than a
// fast one. While an answer is on its way they are more, since engines read a body beside the event loop.
const TURNS = 8;
const TURNS_OF_AN_ANSWER = 200;

let isExpected = false;

/** Says whether an answer is on its way, so that no timer should end before it is read. */
export function expectAnswer(is) {
  isExpected = is;
}

/**
 * Runs `body` while timers end one after the other, in the order of their times, as soon as nothing else happens. It gets
 * the time, which stands still but for timers that end; the milliseconds that were asked for, and what is still set; a
 * real wait; and `isHeld`, while which no timer ends.
 */
export async function withFastTimers(body) {
  const { setTimeout, clearTimeout } = globalThis;
  let time = Date.now();
  let last = 0;
  let turns = 0;
  let isOver = false;
  const clock = {
    now: () => time,
    asked: [],
    pending: new Map(),
    isHeld: false,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
  function happened() {
    turns = 0;
    isExpected = false;
  }
  function turn() {
    if (isOver) return;
    turns += 1;
    if (turns > (isExpected ? TURNS_OF_AN_ANSWER : TURNS) && !clock.isHeld) end();
    setTimeout(turn, 0);
  }
  function end() {
    const [first] = [...clock.pending].sort(([, one], [, other]) => one.due - other.due);
    if (!first) return;
    const [timer, { due, callback }] = first;
    happened();
    clock.pending.delete(timer);
    time = Math.max(time, due);
    callback();
  }
  globalThis.setTimeout = (callback, ms) => {
    clock.asked.push(ms);
    last += 1;
    happened();
    clock.pending.set(last, { due: time + ms, callback });
    return last;
  };
  globalThis.clearTimeout = (timer) => {
    happened();
    clock.pending.delete(timer);
  };
  turn();
  try {
    return await body(clock);
  } finally {
    isOver = true;
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}
