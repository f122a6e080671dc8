/** Following the changes: at once when there are any, else as soon as there are. */
import type { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import type { ChangeSeq, DashboardChanges } from "./Dashboard.ts"
import { DashboardHint } from "./DashboardHint.ts"
import { DashboardView } from "./DashboardView.ts"

/** Covers projections that run in another process and cannot wake this one. */
const pollMillis = 250

export const make = Effect.gen(function*() {
  const view = yield* DashboardView
  const hint = yield* DashboardHint

  const follow = (
    after: ChangeSeq,
    limit: number,
    until: number
  ): Effect.Effect<DashboardChanges, EventStoreUnavailable> =>
    Effect.gen(function*() {
      const woken = yield* hint.next
      const found = yield* view.changes(after, limit)
      const left = until - (yield* Clock.currentTimeMillis)
      if (found.changes.length > 0 || left <= 0) return found
      yield* Effect.timeoutOption(Deferred.await(woken), Math.min(left, pollMillis))
      return yield* follow(after, limit, until)
    })

  return (after: ChangeSeq, limit: number, waitMillis: number) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => follow(after, limit, now + waitMillis))
})
