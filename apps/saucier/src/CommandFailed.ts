import type { ExitCode } from "@saucier/runtime/ExitCode"
import * as Data from "effect/Data"

/** A command that could not do what it was asked, in words for whoever asked. */
export class CommandFailed extends Data.TaggedError("CommandFailed")<{
  readonly exitCode: ExitCode
  readonly message: string
}> {}
