/**
 * Tests known to fail in a runtime, each with the reason. An entry that passes, or names no test, is a failure.
 *
 * @type {{ runtime: string, test: string, reason: string }[]}
 */
export default [
  {
    runtime: "workerd",
    test: "importing starts nothing, the first call starts the entry's module once",
    reason: "the module is imported and so compiled already; only its start is left to the first call",
  },
  {
    runtime: "workerd",
    test: "where a policy forbids compiling, every call says what to change",
    reason: "nothing is compiled at run time",
  },
  {
    runtime: "workerd",
    test: "a package whose text was changed is recognised at every call",
    reason: "the module is a file of its own; the text that was changed is not used",
  },
];
