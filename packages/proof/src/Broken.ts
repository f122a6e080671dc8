import * as Data from "effect/Data"

/** A trial could not be carried through; nothing follows from it but that. */
export class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

export const because = (message: string) => new Broken({ message })
