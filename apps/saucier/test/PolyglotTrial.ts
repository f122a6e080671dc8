/** Acceptance 11.1 in one process: each context where its setting says, and the same orders on all. */
import { assert } from "@effect/vitest"
import * as Array from "effect/Array"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as PostgresServer from "../../../packages/eventstore-sql/test/PostgresServer.ts"
import * as Process from "./Process.ts"
import { type Answer, client, seed, temporaryFolder, until } from "./World.ts"

const server = PostgresServer.shared({ durable: true })

export const contexts = ["order", "payment", "delivery", "dashboard"] as const
type Context = (typeof contexts)[number]

/** A database of one's own on the server, for the contexts that are to live there; the others are files. */
const settingsOf = (name: string, onServer: ReadonlyArray<Context>) =>
  Effect.map(PostgresServer.PostgresServer, ({ url }) => {
    const database = Redacted.value(url).replace(/postgres$/, name)
    return Object.fromEntries(onServer.map((context) => [
      `SAUCIER_${context.toUpperCase()}_DATABASE_URL`,
      database
    ]))
  })

const orderCount = 12

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
  Effect.forEach(Array.range(1, orderCount), (n) => place(at, `${name}-${n}`), { concurrency: 8 })

const rowOf = (at: string, orderId: string, wished: (row: Answer["body"]) => boolean) =>
  until(client(at).get(`/orderDashboards/${orderId}`), ({ body }) => wished(body))

const deliver = (at: string, orderId: string) =>
  Effect.gen(function*() {
    const path = `/deliveries/${orderId.replace("ord_", "dlv_")}`
    yield* until(client(at).get(path), ({ status }) => status === 200)
    for (const status of ["Dispatched", "Delivered"]) {
      const { body } = yield* client(at).patch(path, { status })
      assert.strictEqual(body["status"], status)
    }
  })

const listOf = (answer: Answer) => Array.ensure(answer.body["items"]).flat()

/** How often each type of event has been recorded. */
const typesOf = (at: string, context: Context) =>
  Effect.map(client(at).get(`/ops/events?context=${context}&limit=1000`), (answer) => {
    const counts: Record<string, number> = {}
    for (const event of listOf(answer)) {
      assert(typeof event === "object" && event !== null && "type" in event)
      counts[String(event.type)] = (counts[String(event.type)] ?? 0) + 1
    }
    return counts
  })

/** Orders through a kill of the process and a crash of the server, with these contexts on the server and the others in files. */
export const story = (onServer: ReadonlyArray<Context>) =>
  Effect.gen(function*() {
    const { query, start, stop } = yield* PostgresServer.PostgresServer
    const folder = yield* temporaryFolder
    const name = `polyglot_${onServer.join("_")}`
    if (onServer.length > 0) yield* query(`CREATE DATABASE ${name}`)
    const settings = { ...(yield* settingsOf(name, onServer)), SAUCIER_PROVIDER_PRESET: "instant" }

    const first = yield* Process.start(folder, settings)
    const before = yield* many(first.url, "before")
    const [cancelled = "", delivered = ""] = before
    const cancellation = yield* client(first.url).post(`/orders/${cancelled}/cancel`, { reason: "twice" })
    assert.include([200, 202], cancellation.status)
    yield* deliver(first.url, delivered)
    yield* first.end("SIGKILL")

    const second = yield* Process.start(folder, settings)
    const at = second.url
    const crash = onServer.length === 0 ? Effect.void : Effect.zipRight(stop("immediate"), start)
    const [during] = yield* Effect.all([many(at, "during"), crash], { concurrency: "unbounded" })
    assert.deepStrictEqual(yield* place(at, "before-1"), cancelled)

    const orders = [...before, ...during]
    /** Until all three feeds have told what they know of it. */
    const shows = (orderId: string, order: string, payment: string, delivery: string) =>
      rowOf(at, orderId, ({ deliveryStatus, orderStatus, paymentStatus }) =>
        orderStatus === order && paymentStatus === payment && deliveryStatus === delivery)
    yield* shows(cancelled, "Cancelled", "Refunded", "Cancelled")
    yield* shows(delivered, "Delivered", "Captured", "Delivered")
    for (const orderId of orders.slice(2)) {
      yield* shows(orderId, "Preparing", "Captured", "Preparing")
    }
    const { PaymentCaptured, PaymentRefunded } = yield* typesOf(at, "payment")
    assert.deepStrictEqual([PaymentCaptured, PaymentRefunded], [orders.length, 1])
    const { DeliveryDelivered, DeliveryPrepared } = yield* typesOf(at, "delivery")
    assert.strictEqual(DeliveryDelivered, 1)
    assert.include([orders.length - 1, orders.length], DeliveryPrepared)
    const deliveries = listOf(yield* client(at).get("/deliveries?limit=200"))
    assert.strictEqual(deliveries.length, DeliveryPrepared)

    const rows = yield* client(at).get("/orderDashboards?limit=200")
    assert.strictEqual(listOf(rows).length, orders.length)
    yield* client(at).post("/ops/dashboard/rebuild", "")
    const rebuilt = yield* until(
      client(at).get("/ops/dashboard/rebuild"),
      ({ body }) =>
        body["status"] !== "running"
    )
    assert.deepStrictEqual([rebuilt.body["status"], rebuilt.body["changed"]], ["done", 0])
    assert.deepStrictEqual((yield* client(at).get("/orderDashboards?limit=200")).body, rows.body)
    assert.strictEqual(yield* second.end("SIGTERM"), 0)
  }).pipe(Effect.provide(server))
