/** Keeps the list of deliveries: the decider's own fold, one row per delivery. */
import * as Singleton from "@effect/cluster/Singleton"
import * as SqlClient from "@effect/sql/SqlClient"
import type { FeedEvent } from "@saucier/eventsourcing/Feed"
import * as Projection from "@saucier/eventsourcing/Projection"
import * as ReadModelFailure from "@saucier/eventsourcing/ReadModelFailure"
import type { DeliveryId } from "@saucier/kernel/Ids"
import * as JsonRows from "@saucier/readmodel/JsonRows"
import * as Effect from "effect/Effect"
import type { DeliveryEvent, DeliveryState } from "./Delivery.ts"
import { deliveryDecider } from "./DeliveryDecider.ts"
import { DeliveryFeed } from "./DeliveryFeed.ts"
import { migrate } from "./DeliveryMigrations.ts"
import * as DeliveryRow from "./DeliveryRow.ts"

interface Folded {
  readonly state: DeliveryState
  readonly version: number
}

const empty: Folded = { state: deliveryDecider.initial, version: 0 }

/** An event that is not newer than the row has been seen before. */
const fold = (before: ReadonlyMap<DeliveryId, Folded>, events: ReadonlyArray<FeedEvent<DeliveryEvent>>) => {
  const changed = new Map<DeliveryId, Folded>()
  for (const { event, recorded } of events) {
    const known = changed.get(event.deliveryId) ?? before.get(event.deliveryId) ?? empty
    if (recorded.version <= known.version) continue
    changed.set(event.deliveryId, {
      state: deliveryDecider.evolve(known.state, event),
      version: recorded.version
    })
  }
  return changed
}

export const name = "delivery.view"

export const make = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const json = JsonRows.make(sql)
  const feed = yield* DeliveryFeed
  yield* migrate

  const load = (events: ReadonlyArray<FeedEvent<DeliveryEvent>>) => {
    const ids = [...new Set(events.map(({ event }) => event.deliveryId))]
    return Effect.map(
      sql`
        SELECT ${sql.literal(DeliveryRow.columns)} FROM delivery_view
        WHERE ${json.among("delivery_id", ids)}`,
      (stored) =>
        new Map(
          DeliveryRow.decode(stored).map((row) => [
            row.id,
            { state: DeliveryRow.toDelivery(row), version: row.version }
          ])
        )
    )
  }

  const fields = sql.literal(
    [
      json.field("id", "text"),
      json.field("orderId", "text"),
      json.field("version", "integer"),
      json.field("branchId", "text"),
      json.field("sauceId", "text"),
      json.field("qty", "integer"),
      json.field("status", "text"),
      json.field("stages", "text")
    ].join(", ")
  )

  const save = (changed: ReadonlyMap<DeliveryId, Folded>) => {
    const rows = [...changed.values()].flatMap(({ state, version }) =>
      state._tag === "Delivery" ? [DeliveryRow.encode(DeliveryRow.ofDelivery(state, version))] : []
    )
    return sql`
      INSERT INTO delivery_view (delivery_id, order_id, version, branch_id, sauce_id, quantity, status, stages)
      SELECT ${fields} FROM ${json.elements(rows)} WHERE true
      ON CONFLICT (delivery_id) DO UPDATE SET
        version = excluded.version, status = excluded.status, stages = excluded.stages`
  }

  return Projection.make({
    name,
    feed,
    handleBatch: (events) =>
      load(events).pipe(
        Effect.flatMap((before) => save(fold(before, events))),
        ReadModelFailure.typed("delivery"),
        Effect.asVoid
      )
  })
})

export const DeliveryProjectionLive = Singleton.make(name, Effect.flatMap(make, Projection.run), {
  shardGroup: "delivery"
})
