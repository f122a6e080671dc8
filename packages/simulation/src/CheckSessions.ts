import { type Operation, type Seen } from "./History.ts"
import * as Check from "./Violation.ts"

/**
 * Nobody is shown less of an order than had been shown to anybody before he asked: his own reads never go back, and he
 * reads what he wrote. A database that answers from an older copy is the one excuse.
 */
export const sessions = Check.make("sessions", "P7", function*({ history, readStale }) {
  const shown = new Map<string, Array<{ readonly by: Operation; readonly seen: Seen }>>()
  for (const by of history) {
    if (by.outcome._tag !== "Ok" || readStale?.has(by.outcome.seen.orderId)) continue
    const { seen } = by.outcome
    shown.set(seen.orderId, [...(shown.get(seen.orderId) ?? []), { by, seen }])
  }
  for (const [orderId, all] of shown) {
    for (const { by, seen } of all) {
      const before = all.filter((other) => other.by.completed < by.invoked)
      const most = Math.max(0, ...before.map((other) => other.seen.version))
      if (seen.version < most) yield [orderId, `${by.client} saw version ${seen.version} after ${most}`]
      const twin = all.find((other) => other.seen.version === seen.version)
      if (twin !== undefined && twin.seen.status !== seen.status) {
        yield [orderId, `version ${seen.version} was ${twin.seen.status} and ${seen.status}`]
      }
    }
  }
})
