// The rows that lines hand to the table. All times are in milliseconds.

import { interval, median } from "./statistics.js";

/** Ours against a peer, measured in pairs: the ratio is the median of the pairs' ratios. */
export function ratioRow(
  name,
  peerName,
  figures,
  { ours = "ours", peer = "peer", target, unit = "time" } = {},
) {
  const ratios = figures[ours].map((figure, pair) => figure / figures[peer][pair]);
  const [low, high] = interval(ratios);
  return {
    name,
    unit,
    ours: median(figures[ours]),
    peer: median(figures[peer]),
    peerName,
    ratio: median(ratios),
    low,
    high,
    pairs: ratios.length,
    target,
  };
}

/** A figure by itself, against a limit or only as context. */
export function figureRow(name, figures, target) {
  const [low, high] = interval(figures);
  return { name, unit: "time", ours: median(figures), low, high, pairs: figures.length, target };
}
