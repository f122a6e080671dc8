/** An event that cannot be read: what it stops, how it is told, and how it is got rid of. */
import * as SqlClient from "@effect/sql/SqlClient"
import * as Subscription from "@saucier/eventsourcing/Subscription"
import { subjectOf } from "@saucier/simulation/Evidence"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Ask from "./Ask.ts"
import * as Claim from "./Claim.ts"
import * as EventLog from "./EventLog.ts"
import * as Finding from "./Finding.ts"
import * as Launch from "./Launch.ts"
import * as Poll from "./Poll.ts"
import * as Rows from "./Rows.ts"
import type { Single } from "./Single.ts"
import * as StoreEdit from "./StoreEdit.ts"

const { equal, noted } = Finding

const subscription = "dashboard.payment"

const Parked = Schema.Struct({
  items: Schema.Array(Schema.Struct({
    subscription: Schema.String,
    error: Schema.NullOr(Schema.String),
    tries: Schema.Int,
    event: Schema.Struct({ streamId: Schema.String })
  }))
})

/** Until then it is tried again by itself, also when the process starts anew. */
const isGivenUp = ({ error, tries }: (typeof Parked.Type)["items"][number]) =>
  error !== null && tries >= Subscription.defaultTries

const parked = (base: string) => Effect.map(Ask.json(Parked, `${base}/ops/parked`), ({ items }) => items)

const set = ({ data, streamId, version }: EventLog.Event) =>
  Effect.flatMap(
    SqlClient.SqlClient,
    (sql) =>
      sql`UPDATE events SET data = ${
        JSON.stringify(data)
      } WHERE stream_id = ${streamId} AND version = ${version}`
  )

/** Of two payments the first event is damaged, and then put right again; one of them is retried, the other skipped. */
export const oneStops = Claim.make<Single>("C6", (system) =>
  Effect.gen(function*() {
    const { base, between } = system
    const before = yield* Rows.all(base)
    const payments = yield* EventLog.read(base, "payment")
    const [first, second] = payments.filter(({ version }) => version === 1)
    if (first === undefined || second === undefined) return { checks: [equal("orders", before.length, 2)] }
    const victims = [first, second]
    const ids = new Set(victims.map(({ streamId }) => subjectOf(streamId)))
    const others = before.filter(({ orderId }) => !ids.has(subjectOf(orderId)))

    const damaged = victims.map((event) => ({ ...event, data: {} }))
    yield* between(Effect.zipRight(
      StoreEdit.edit(system, "payment", Effect.forEach(damaged, set)),
      StoreEdit.edit(system, "dashboard", StoreEdit.emptied)
    ))
    const stopped = yield* Poll.until(
      Effect.all([parked(base), Rows.all(base)]),
      ([items, rows]) =>
        items.filter(isGivenUp).length === victims.length &&
        Rows.alike(others, rows) === others.length
    )
    const behind = stopped[0].filter(({ error }) => error === null).length

    yield* between(Effect.zipRight(
      StoreEdit.edit(system, "payment", Effect.forEach(victims, set)),
      StoreEdit.edit(
        system,
        "dashboard",
        Effect.gen(function*() {
          const sql = yield* SqlClient.SqlClient
          yield* sql`UPDATE parked_events SET event = ${JSON.stringify(first)}
              WHERE stream_id = ${first.streamId} AND version = 1`
          // The process tries it again by itself, and may else be quicker than the operator.
          yield* sql`UPDATE parked_events SET parked_at = ${(yield* Clock.currentTimeMillis) + 60_000}`
        })
      )
    ))
    const told = yield* parked(base)
    const retry = yield* Launch.toEnd(["parked", "retry", subscription, first.streamId, "--url", base])
    const skip = yield* Launch.toEnd(["parked", "skip", subscription, second.streamId, "--url", base])
    const after = yield* Poll.until(
      Effect.all([parked(base), Rows.all(base)]),
      ([items, rows]) => items.length === 0 && Rows.alike(before, rows) === before.length
    ).pipe(
      Effect.timeoutTo({
        duration: "20 seconds",
        onSuccess: Effect.succeed,
        onTimeout: () => Effect.all([parked(base), Rows.all(base)])
      }),
      Effect.flatten
    )
    return {
      checks: [
        noted("rows", before.length),
        equal(
          "damaged events that are listed",
          told.filter(isGivenUp).length,
          victims.length
        ),
        noted("events that wait behind them", behind),
        equal("rows that went on", Rows.alike(others, stopped[1]), others.length),
        equal("exit code of the retry", retry.code ?? -1, 0),
        equal("exit code of the skip", skip.code ?? -1, 0),
        equal("still set aside", after[0].length, 0),
        equal("rows that differ", before.length - Rows.alike(before, after[1]), 0)
      ]
    }
  }))
