/** Tries every row. A row that cannot be tried is said to be so, and counts as neither shown nor broken. */
import * as Monotonic from "@saucier/eventsourcing/Monotonic"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { because } from "./Broken.ts"
import type { Lane, Stage, Tryable } from "./Claim.ts"
import { type ClaimId, claimsEn } from "./ClaimTextsEn.ts"
import { elsewhere } from "./Elsewhere.ts"
import * as Finding from "./Finding.ts"
import * as Room from "./Room.ts"
import * as Stopwatch from "./Stopwatch.ts"

/** `detail` says why it is broken, or where else it is shown. */
export interface Row {
  readonly id: ClaimId
  readonly outcome: "holds" | "broken" | "not run"
  readonly seconds: number
  readonly detail: string
  readonly finding: Finding.Finding
}

export interface Report {
  readonly quick: boolean
  readonly seconds: number
  /** In the order of the claims. */
  readonly rows: ReadonlyArray<Row>
}

/** Told as it happens: a row is begun, or it is done. */
export interface Watcher {
  readonly begun: (id: ClaimId) => Effect.Effect<void>
  readonly done: (row: Row) => Effect.Effect<void>
}

const nothing: Finding.Finding = { checks: [] }
const ids = Object.keys(claimsEn).filter((id): id is ClaimId => id in claimsEn)

const broken = (id: ClaimId, seconds: number, detail: string): Row => ({
  id,
  outcome: "broken",
  seconds,
  detail,
  finding: nothing
})

/** No row may take longer than this, in minutes. */
const patience = { quick: 1.5, whole: 10 }

const attempt = ({ id, trial }: Tryable, quick: boolean) =>
  Effect.gen(function*() {
    const limit = quick ? patience.quick : patience.whole
    const [exit, seconds] = yield* Stopwatch.timed(
      Effect.scoped(trial).pipe(
        Effect.timeoutFail({
          duration: `${limit} minutes`,
          onTimeout: () => because(`It did not come to an end within ${limit} minutes`)
        }),
        Effect.sandbox,
        Effect.either
      )
    )
    return Either.match(exit, {
      onLeft: (cause): Row => broken(id, seconds, Cause.pretty(cause).slice(0, 600)),
      onRight: (finding): Row => ({
        id,
        outcome: Finding.holds(finding) ? "holds" : "broken",
        seconds,
        detail: "",
        finding
      })
    })
  })

const ofStage = ({ claims, start }: Stage, quick: boolean, watcher: Watcher, room: Room.Room) =>
  Effect.scoped(Effect.gen(function*() {
    const wanted = claims.filter((claim) => claim.quick || !quick)
    if (wanted.length === 0) return []
    const started = yield* room.beside(Effect.either(Effect.sandbox(start)))
    if (Either.isLeft(started)) {
      const why = Cause.pretty(started.left).slice(0, 600)
      return yield* Effect.forEach(wanted, ({ id }) => {
        const row = broken(id, 0, why)
        return Effect.as(watcher.done(row), row)
      })
    }
    return yield* Effect.forEach(
      started.right.filter((claim) => claim.quick || !quick),
      (claim) =>
        watcher.begun(claim.id).pipe(
          Effect.zipRight(attempt(claim, quick)),
          room[claim.pace],
          Effect.tap(watcher.done)
        )
    )
  }))

export const run = (lanes: ReadonlyArray<Lane>, quick: boolean, watcher: Watcher) =>
  Effect.gen(function*() {
    const since = yield* Monotonic.millis
    const room = yield* Room.make(lanes.length)
    const ofLane = Effect.forEach((stage: Stage) => ofStage(stage, quick, watcher, room))
    const tried = (yield* Effect.forEach(lanes, ofLane, { concurrency: "unbounded" })).flat(2)
    const rows = ids.map((id): Row =>
      tried.find((row) => row.id === id) ??
        {
          id,
          outcome: "not run",
          seconds: 0,
          detail: elsewhere[id]?.command ?? "pnpm saucier report",
          finding: nothing
        }
    )
    const report: Report = { quick, seconds: ((yield* Monotonic.millis) - since) / 1000, rows }
    return report
  })
