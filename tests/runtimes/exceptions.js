/**
 * Tests known to fail in a runtime, each with the reason. An entry that passes, or names no test, is a failure.
 *
 * @type {{ runtime: string, test: string, reason: string }[]}
 */
export default [];
