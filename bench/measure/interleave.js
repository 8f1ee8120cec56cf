// Sides that take turns, so that whatever else the machine does meets all of them alike.

/**
 * Runs each side once a round, in an order that changes from round to round. A side does its work and returns (or
 * resolves to) its figure.
 */
export async function interleave(rounds, sides) {
  const names = Object.keys(sides);
  const figures = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length];
      figures[name].push(await sides[name]());
    }
  }
  return figures;
}

/** Like `interleave`, after as many rounds as it takes until the compilers have had their time. */
export async function interleaveWarm(rounds, sides) {
  const began = performance.now();
  while (performance.now() - began < 500) await interleave(1, sides);
  return interleave(rounds, sides);
}

/** A side that does `work`, which gives a promise, a number of times, one after the other, and gives the milliseconds of one. */
export function timedInTurn(work, times = 1) {
  return async () => {
    const began = performance.now();
    for (let time = 0; time < times; time++) await work(time);
    return (performance.now() - began) / times;
  };
}

/** A side that does `work` a number of times and gives the milliseconds of one. */
export function timed(work, times = 1) {
  return () => {
    const began = performance.now();
    for (let time = 0; time < times; time++) work(time);
    return (performance.now() - began) / times;
  };
}
