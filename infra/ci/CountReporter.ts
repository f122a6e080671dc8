/** Ends a run with one line that any CI reads: `tests: 12 passed, 0 failed`. */
import type { Reporter, TestCase } from "vitest/node"

export default class CountReporter implements Reporter {
  private readonly counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }

  onTestCaseResult(test: TestCase) {
    this.counts[test.result().state] += 1
  }

  onTestRunEnd(_modules: ReadonlyArray<unknown>, errors: ReadonlyArray<unknown>) {
    const failed = this.counts.failed + errors.length
    process.stdout.write(
      `\ntests: ${this.counts.passed} passed, ${failed} failed, ${this.counts.skipped} skipped\n`
    )
  }
}
