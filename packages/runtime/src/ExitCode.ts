import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as Predicate from "effect/Predicate"

/** What a process says when it ends, after sysexits(3). */
export const ExitCode = {
  ok: 0,
  failure: 1,
  usage: 2,
  unavailable: 69,
  badConfiguration: 78
} as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

const codes: ReadonlyArray<unknown> = Object.values(ExitCode)
const isExitCode = (code: unknown): code is ExitCode => codes.includes(code)

/** A failure that knows its exit code has a message for people, and needs no stack trace. */
export const isExpected = (
  error: unknown
): error is { readonly exitCode: ExitCode; readonly message: string } =>
  Predicate.hasProperty(error, "exitCode") && isExitCode(error.exitCode) &&
  Predicate.hasProperty(error, "message") && Predicate.isString(error.message)

/** A process that was told to stop and did is fine. */
export const ofExit = (exit: Exit.Exit<unknown, unknown>): ExitCode => {
  if (Exit.isSuccess(exit) || Cause.isInterruptedOnly(exit.cause)) return ExitCode.ok
  const error = Cause.squash(exit.cause)
  return isExpected(error) ? error.exitCode : ExitCode.failure
}
