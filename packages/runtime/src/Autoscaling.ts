/**
 * How many processes a service shall have: one pure rule, which the supervisor follows and Kubernetes' HPA is told in its
 * own words (infra/k8s). Each metric asks for as many as bring what a process carries to its target; the largest counts.
 * More is done at once. Fewer are run only after a while in which never more were asked for, and one by one, because every
 * change moves shards.
 */
import * as Duration from "effect/Duration"
import * as Num from "effect/Number"
import * as Record from "effect/Record"

/** At most so many processes, or so many in a hundred of those that run, whichever is more, are added within a time. */
export interface Pace {
  readonly processes: number
  readonly percent: number
  readonly within: Duration.Duration
}

export interface ScalingRule {
  readonly least: number
  readonly most: number
  /** What one process shall carry, by the name of the metric. */
  readonly targets: Readonly<Record<string, number>>
  /** A load that differs from the target by no more than this share changes nothing. */
  readonly tolerance: number
  readonly up: Pace
  readonly down: Pace & { readonly after: Duration.Duration }
}

/** What one process carries; null where it does not tell (yet), or cannot be right. */
export type Load = Readonly<Record<string, number | null>>

interface Dated {
  readonly at: number
  readonly processes: number
}

/** What the rule has to remember from one decision to the next, with times in milliseconds. */
export interface History {
  readonly asked: ReadonlyArray<Dated>
  readonly added: ReadonlyArray<Dated>
  readonly removed: ReadonlyArray<Dated>
}

export const none: History = { asked: [], added: [], removed: [] }

export interface Decision {
  readonly wanted: number
  readonly history: History
}

const known = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value) && value >= 0

/** Who does not tell carries nothing when more seem to be needed, and its target when fewer do: it is never the reason. */
const askedBy = (metric: string, target: number, tolerance: number, loads: ReadonlyArray<Load>) => {
  const told = loads.map((load) => load[metric]).filter(known)
  if (told.length === 0 || !(target > 0)) return undefined
  const silent = loads.length - told.length
  const sum = Num.sumAll(told)
  const share = (assumed: number) => (sum + assumed * silent) / target / loads.length
  const grows = sum / target > told.length
  const ratio = share(grows ? 0 : target)
  const unchanged = Math.abs(ratio - 1) <= tolerance || (ratio > 1) !== grows
  return unchanged ? loads.length : Math.min(Math.ceil(ratio * loads.length - 1e-9), Number.MAX_SAFE_INTEGER)
}

const asked = ({ least, most, targets, tolerance }: ScalingRule, loads: ReadonlyArray<Load>) => {
  const answers = Record.toEntries(targets).map(([metric, target]) =>
    askedBy(metric, target, tolerance, loads)
  )
  const counts = answers.filter((count) => count !== undefined)
  // A metric that nobody tells may be the one that asks for all of them.
  const floor = counts.length < answers.length ? loads.length : 0
  return Num.clamp({ minimum: least, maximum: most })(Math.max(floor, ...counts))
}

const since = (at: number, within: Duration.Duration) => (one: Dated) =>
  one.at > at - Duration.toMillis(within) && one.at <= at

const total = (changes: ReadonlyArray<Dated>) => Num.sumAll(changes.map(({ processes }) => processes))

const room = ({ percent, processes }: Pace, before: number) =>
  Math.max(processes, Math.ceil(before * percent / 100))

/** `loads` has one entry for each process; `at` is a time in milliseconds of a clock that does not go back. */
export const decide = (
  rule: ScalingRule,
  history: History,
  { at, loads }: { readonly at: number; readonly loads: ReadonlyArray<Load> }
): Decision => {
  const { down, least, most, up } = rule
  const current = loads.length
  const now = asked(rule, loads)
  const recent: History = {
    asked: [...history.asked.filter(since(at, down.after)), { at, processes: now }],
    added: history.added.filter(since(at, up.within)),
    removed: history.removed.filter(since(at, down.within))
  }
  const wished = Math.max(...recent.asked.map(({ processes }) => processes))
  const began = current - total(recent.added)
  const stood = current + total(recent.removed)
  const highest = Math.max(current, began + room(up, began))
  const lowest = Math.min(current, stood - room(down, stood))
  const stable = now > current ? now : Math.min(current, wished)
  const wanted = Num.clamp(Num.clamp(stable, { minimum: lowest, maximum: highest }), {
    minimum: least,
    maximum: most
  })
  const changed = (by: number) => by > 0 ? [{ at, processes: by }] : []
  return {
    wanted,
    history: {
      asked: recent.asked,
      added: [...recent.added, ...changed(wanted - current)],
      removed: [...recent.removed, ...changed(current - wanted)]
    }
  }
}
