import { expect, test } from "vitest";
import { answers, expected } from "./questions.js";

test("the package answers beside a document", () => {
  expect(typeof document).toBe("object");
  expect(answers()).toStrictEqual(expected);
});
