import type { ExitCode } from "@saucier/runtime/ExitCode"

/** What the doctor found about one thing; `next` says what to do, and `exitCode` what a failure means to a script. */
export interface Diagnosis {
  readonly name: string
  readonly level: "ok" | "warn" | "fail"
  readonly found: string
  readonly next: string
  readonly exitCode: ExitCode
}
