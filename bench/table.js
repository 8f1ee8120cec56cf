// Text tables: the first column to the left, figures to the right.

export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const written = (row) => row.map((cell, column) => aligned(cell, widths[column], column)).join("  ");
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  const [heading, ...rest] = rows.map((row) => written(row).trimEnd());
  return [heading, rule, ...rest].join("\n");
}

function aligned(cell, width, column) {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
