/** Each context's events where its setting says, in one process: orders and payments on PostgreSQL, the rest on SQLite. */
import { assert, describe, it } from "@effect/vitest"
import * as Array from "effect/Array"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as PostgresServer from "../../../packages/eventstore-sql/test/PostgresServer.ts"
import * as Process from "./Process.ts"
import { client, seed, temporaryFolder, until } from "./World.ts"

const server = PostgresServer.shared({ durable: true })

describe("orders and payments on PostgreSQL, deliveries and the dashboard on SQLite", () => {
  it.scopedLive("are placed, delivered and shown, also through a kill of the process and a crash of the server", () =>
    Effect.gen(function*() {
      const { query, start, stop, url } = yield* PostgresServer.PostgresServer
      const folder = yield* temporaryFolder
      const settings = {
        SAUCIER_ORDER_DATABASE_URL: Redacted.value(url),
        SAUCIER_PAYMENT_DATABASE_URL: Redacted.value(url),
        SAUCIER_PROVIDER_PRESET: "instant"
      }
      /** A caller's request, repeated with its key until it is acknowledged: what people do, and their clients. */
      const place = (at: string, key: string): Effect.Effect<string> =>
        Effect.suspend(() => client(at).post("/orders", seed, { "idempotency-key": key })).pipe(
          Effect.flatMap(({ body, status }) =>
            status === 201 || status === 202
              ? Effect.succeed(String(body["id"]))
              : Effect.delay(place(at, key), "50 millis")
          )
        )
      const many = (at: string, name: string) =>
        Effect.forEach(Array.range(1, 40), (n) => place(at, `${name}-${n}`), { concurrency: 8 })

      const first = yield* Process.start(folder, settings)
      const before = yield* many(first.url, "before")
      yield* first.end("SIGKILL")

      const second = yield* Process.start(folder, settings)
      const crash = Effect.zipRight(stop("immediate"), start)
      const [during] = yield* Effect.all([many(second.url, "during"), crash], { concurrency: "unbounded" })
      assert.deepStrictEqual(yield* place(second.url, "before-1"), before[0])

      const orders = [...before, ...during]
      for (const id of orders) {
        yield* until(
          client(second.url).get(`/orderDashboards/${id}`),
          ({ body }) => body["deliveryStatus"] === "Preparing"
        )
      }
      const captured = yield* query(
        "SELECT stream_id FROM saucier_payment.events WHERE type = 'PaymentCaptured'"
      )
      assert.strictEqual(captured.length, orders.length)
      assert.strictEqual(new Set(captured.map((row) => row["stream_id"])).size, orders.length)
      assert.strictEqual(yield* second.end("SIGTERM"), 0)
    }).pipe(Effect.provide(server)))
})
