/** Why there is no figure. */
import * as Data from "effect/Data"

export class Failure extends Data.TaggedError("Failure")<{ readonly message: string }> {}

export const because = (message: string) => new Failure({ message })
