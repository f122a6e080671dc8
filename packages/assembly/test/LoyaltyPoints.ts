/** Loyalty points, as a subscriber that no other part of the system knows: one for each thousand won that a branch has paid and kept paid. */
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Projection from "@saucier/eventsourcing/Projection"
import * as ReadModelFailure from "@saucier/eventsourcing/ReadModelFailure"
import type { PaymentEvent } from "@saucier/payment/Payment"
import { PaymentFeed } from "@saucier/payment/PaymentFeed"
import * as Effect from "effect/Effect"

export const name = "loyalty.points"

const follows: ReadonlySet<string> = new Set<PaymentEvent["_tag"]>(["PaymentCaptured", "RefundRequested"])

export const make = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const feed = yield* PaymentFeed
  yield* sql`
    CREATE TABLE IF NOT EXISTS loyalty_points (
      order_id text PRIMARY KEY,
      branch_id text NOT NULL,
      points integer NOT NULL
    )`

  const write = (event: PaymentEvent): Effect.Effect<unknown, SqlError> => {
    switch (event._tag) {
      case "PaymentCaptured":
        return event.wanted
          ? sql`
            INSERT INTO loyalty_points (order_id, branch_id, points)
            VALUES (${event.orderId}, ${event.goods.branchId}, ${Math.floor(event.amount.amount / 1000)})
            ON CONFLICT (order_id) DO NOTHING`
          : Effect.void
      case "RefundRequested":
        return sql`DELETE FROM loyalty_points WHERE order_id = ${event.orderId}`
      default:
        return Effect.void
    }
  }

  return Projection.make({
    name,
    feed,
    handles: (type) => follows.has(type),
    handle: (event) => write(event).pipe(ReadModelFailure.typed("loyalty"), Effect.asVoid)
  })
})

export const pointsOf = (branchId: string) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    Effect.map(
      sql<{ readonly points: number | string | null }>`
        SELECT sum(points) AS points FROM loyalty_points WHERE branch_id = ${branchId}`,
      ([row]) => Number(row?.points ?? 0)
    ))
