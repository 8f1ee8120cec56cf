// Medians, and what the noise of a shared machine leaves uncertain about them.

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The 95 % interval of the median by the sign test: it assumes nothing about how the noise is distributed. With fewer
 * than six values it is their whole range, which says less than 95 %.
 */
export function interval(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const outside = valuesOutside(sorted.length);
  return [sorted[outside], sorted[sorted.length - 1 - outside]];
}

/** How many values may be left out at each end: the tail of that many heads in so many tosses is at most 2.5 %. */
function valuesOutside(count) {
  let probability = 0.5 ** count;
  let tail = probability;
  let heads = 0;
  while (tail <= 0.025) {
    heads += 1;
    probability *= (count - heads + 1) / heads;
    tail += probability;
  }
  return Math.max(heads - 1, 0);
}
