/**
 * Whether some order of the calls, one at a time and each between its beginning and its end, explains all answers
 * (Wing and Gong's search, with the states that failed remembered as Lowe does). Exponential at worst: for few calls.
 */

export interface Step<in out Op> {
  readonly op: Op
  readonly invoked: number
  readonly completed: number
  /** It may have happened, at any time after its beginning, or not at all. */
  readonly optional: boolean
}

/** The states that `op`, with the answer that was given, may lead to; none when it cannot have had that answer. */
export type Model<State, Op> = (state: State, op: Op) => Iterable<State>

export const explains = <Op>(
  model: Model<string, Op>,
  initial: string,
  steps: ReadonlyArray<Step<Op>>
): boolean => {
  const failed = new Set<string>()
  const search = (left: ReadonlyArray<number>, state: string): boolean => {
    const open = left.filter((index) => steps[index]?.optional === false)
    if (open.length === 0) return true
    const memo = `${state} ${left.join(",")}`
    if (failed.has(memo)) return false
    const firstEnd = Math.min(...open.map((index) => steps[index]?.completed ?? 0))
    const found = left.some((index) => {
      const step = steps[index]
      if (step === undefined || step.invoked > firstEnd) return false
      const rest = left.filter((other) => other !== index)
      return Array.from(model(state, step.op)).some((next) => search(rest, next))
    })
    if (!found) failed.add(memo)
    return found
  }
  return search(steps.map((_, index) => index), initial)
}
