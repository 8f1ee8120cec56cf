// Calls `tick` at each full second before a moment, and `over` at the moment.

export function makeCountdown({ tick, over }) {
  let timer = 0;
  let end = 0;

  function step() {
    const left = end - Date.now();
    if (left <= 0) return over();
    tick(left);
    timer = setTimeout(step, left % 1000 || 1000);
  }

  return {
    /** Counts down to another moment, or, without one to come, not at all. */
    until(moment) {
      clearTimeout(timer);
      end = moment ?? 0;
      if (end > Date.now()) step();
    },
  };
}
