import { expect, test } from "vitest";
import { answers, expected } from "./questions.js";

test("the package answers beside a document", async () => {
  expect(typeof document).toBe("object");
  expect(await answers()).toStrictEqual(expected);
});
