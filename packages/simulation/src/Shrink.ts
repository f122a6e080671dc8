/** Finds the fewest faults of a plan that still bring a failure about, by leaving out ever smaller parts of it. */

export interface Shrunk {
  /** Places in the plan, ascending. */
  readonly kept: ReadonlyArray<number>
  readonly runs: number
}

/** Delta debugging (Zeller): `fails` is asked for sets of places, at most `limit` times; all of them together fail. */
export const shrink = (
  places: number,
  fails: (kept: ReadonlyArray<number>) => boolean,
  limit = 60
): Shrunk => {
  let kept: ReadonlyArray<number> = Array.from({ length: places }, (_, place) => place)
  let runs = 0
  const still = (candidate: ReadonlyArray<number>) => {
    if (runs >= limit) return false
    runs++
    if (!fails(candidate)) return false
    kept = candidate
    return true
  }
  const without = (parts: number): void => {
    if (kept.length < 2) return
    const before = kept
    const size = Math.ceil(before.length / parts)
    const found = Array.from(
      { length: Math.ceil(before.length / size) },
      (_, part) => before.filter((_, index) => Math.floor(index / size) !== part)
    ).some(still)
    if (found) without(Math.max(2, parts - 1))
    else if (size > 1 && runs < limit) without(parts * 2)
  }
  if (places > 0 && !still([])) without(2)
  return { kept, runs }
}
