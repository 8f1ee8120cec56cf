// The errors that a TypeScript file says it must give, compared with those that tsc gave.

/** One entry a line that expects or has errors; `problem` is empty where they agree. */
export function compareErrors(source, output) {
  const actual = actualErrors(output);
  const results = [];
  source.split("\n").forEach((line, index) => {
    const expected = (/\/\/~ (TS\d+(?: TS\d+)*)$/.exec(line)?.[1] ?? "").split(" ").filter(Boolean);
    const found = actual.get(index + 1) ?? [];
    actual.delete(index + 1);
    if (expected.length === 0 && found.length === 0) return;
    const agrees = expected.join() === found.map(({ code }) => code).join();
    const told = found.map(({ text }) => text).join("; ") || "no error";
    results.push({
      name: `wrong.ts:${index + 1} is refused: ${line.replace(/ *\/\/~.*/, "")}`,
      problem: agrees ? "" : `expected ${expected.join() || "no error"}, got ${told}`,
    });
  });
  for (const [line, found] of actual) {
    results.push({
      name: `no error outside wrong.ts (${line})`,
      problem: found.map(({ text }) => text).join("; "),
    });
  }
  return results;
}

/** Errors by line of wrong.ts; those elsewhere are kept under their own text. */
function actualErrors(output) {
  const errors = new Map();
  for (const text of output.split("\n")) {
    const code = /error (TS\d+):/.exec(text)?.[1];
    if (!code) continue;
    const place = /^wrong\.ts\((\d+),/.exec(text);
    const key = place ? Number(place[1]) : text;
    errors.set(key, [...(errors.get(key) ?? []), { code, text }]);
  }
  return errors;
}
