/**
 * Saucier with one fault in it, to see whether the simulated world notices. A mutant is a change of the source while it is
 * bundled for a worker: no file of production knows of it, and none can be told to behave so.
 */

/** `from` stands exactly once in `file`, a path from the repository's root. */
export interface Patch {
  readonly file: string
  readonly from: string
  readonly to: string
}

export interface Mutant {
  readonly name: string
  /** What it does that it should not. */
  readonly fault: string
  /** It can only be seen in worlds over SQLite files. */
  readonly sqlite?: true
  readonly patches: readonly [Patch, ...ReadonlyArray<Patch>]
}

/** The text with the patch in it, or undefined when the source has moved on from under it. */
export const patched = (text: string, { from, to }: Patch): string | undefined => {
  const parts = text.split(from)
  return parts.length === 2 ? parts.join(to) : undefined
}
