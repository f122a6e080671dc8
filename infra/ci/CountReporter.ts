/** Ends a run with one line that any CI reads: `tests: 12 passed, 0 failed`. */
import type { Reporter, TestCase, TestModule } from "vitest/node"

export default class CountReporter implements Reporter {
  private readonly counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }

  onTestCaseResult(test: TestCase) {
    this.counts[test.result().state] += 1
  }

  /** A file that cannot even be read has no test that could fail, and still is a failure. */
  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>) {
    const broken = modules.filter((module) => module.errors().length > 0).length
    const failed = this.counts.failed + errors.length + broken
    process.stdout.write(
      `\ntests: ${this.counts.passed} passed, ${failed} failed, ${this.counts.skipped} skipped\n`
    )
  }
}
