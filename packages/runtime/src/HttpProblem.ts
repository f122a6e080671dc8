import * as Data from "effect/Data"
import type { FieldError } from "./Problem.ts"

/** A problem on its way to the client: everything but what depends on who asked (language, trace). */
export class HttpProblem extends Data.TaggedError("HttpProblem")<{
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors?: ReadonlyArray<FieldError>
  readonly headers?: Readonly<Record<string, string>>
  /** Used when no dictionary knows the code. */
  readonly title?: string
  readonly rejection?: unknown
}> {}
