// How a row is shown.

export const tableHeading = ["line", "ours", "against", "", "ratio", "95 %", "target", ""];

/** Whether a row reaches its target; undefined where it has none. */
export function isMet({ ratio, ours, target }) {
  return target === undefined ? undefined : (ratio ?? ours) <= target;
}

export function printedRow(row) {
  const isRatio = row.ratio !== undefined;
  const goal =
    row.target === undefined ? "" : isRatio ? `≤ ${row.target}×` : `≤ ${amount(row.target, row.unit)}`;
  return [
    row.name,
    amount(row.ours, row.unit),
    row.peerName ?? "",
    isRatio ? amount(row.peer, row.unit) : "",
    isRatio ? `${row.ratio.toFixed(2)}×` : "",
    range(row),
    goal,
    row.target === undefined ? "" : isMet(row) ? "met" : "MISSED",
  ];
}

function range({ low, high, ratio, unit }) {
  if (low === undefined) return "";
  if (ratio !== undefined) return `${low.toFixed(2)}–${high.toFixed(2)}`;
  return `${amount(low, unit)}–${amount(high, unit)}`;
}

function amount(figure, unit) {
  if (unit === "bytes") return `${(figure / 1024).toFixed(0)} KiB`;
  if (figure >= 1000) return `${figure.toFixed(0)} ms`;
  if (figure >= 1) return `${figure.toPrecision(3)} ms`;
  if (figure >= 1e-3) return `${(figure * 1e3).toPrecision(3)} µs`;
  return `${(figure * 1e6).toPrecision(3)} ns`;
}
