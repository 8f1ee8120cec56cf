// One line a check, and the sum at the end.

let passed = 0;
let failed = 0;

function reason(error) {
  return String(error?.message ?? error)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(0, 6)
    .join(" | ");
}

/** Runs one check and returns whether it held. */
export async function check(name, action) {
  try {
    await action();
    passed += 1;
    console.log(`ok    ${name}`);
    return true;
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}: ${reason(error)}`);
    return false;
  }
}

/** Prints the sum after the name of what was checked, and returns whether all of it held. */
export function finish(name) {
  console.log(`${name}: ${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}
