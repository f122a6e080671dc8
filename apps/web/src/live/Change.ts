import type { Row } from "../api/Dashboard.ts"

/** A row that changed, with its place in the order of changes. */
export interface Change {
  readonly seq: number
  readonly row: Row
}

/**
 * - `live`: changes arrive as they happen
 * - `reconnecting`: the stream broke a moment ago; what is shown may be old since then
 * - `stale`: it has been so for long
 */
export type Liveness =
  | { readonly _tag: "connecting" }
  | { readonly _tag: "live" }
  | { readonly _tag: "reconnecting"; readonly since: number }
  | { readonly _tag: "stale"; readonly since: number }

/** What the tab that holds the stream tells the others. */
export type News =
  | { readonly _tag: "changes"; readonly changes: ReadonlyArray<Change> }
  | { readonly _tag: "liveness"; readonly liveness: Liveness }
  /** The server counts anew: what was known is void. */
  | { readonly _tag: "reset" }
  /** A new tab asks how things stand. */
  | { readonly _tag: "hello" }
