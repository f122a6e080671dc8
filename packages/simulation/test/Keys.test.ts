import { assert, describe, it } from "@effect/vitest"
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { CommandId } from "@saucier/kernel/CommandMeta"
import { idempotency } from "@saucier/simulation/CheckIdempotency"
import type { Evidence, Log } from "@saucier/simulation/Evidence"
import { delivered, failed, good, log, ok, operation, orderId, place, unknown } from "./Evidences.ts"

const key = (name: string, ...orders: ReadonlyArray<number>): Log =>
  orders.map((n, index) => ({
    streamId: StreamId.make(`orderkey-${name}`),
    version: Version.make(index + 1),
    type: index === 0 ? "OrderKeyClaimed" : "OrderKeyRenewed",
    commandId: CommandId.make(`c${index}`),
    data: { orderId: orderId(n) }
  }))

const keys = [...key("k1", 1), ...key("k2", 2), ...key("k3", 3)]

const faults = (more: Partial<Evidence>) =>
  idempotency.violations({
    ...good,
    whole: true,
    orders: [...good.orders, ...keys, ...more.orders ?? []],
    history: [...good.history, ...more.history ?? []]
  }).map(({ detail }) => detail)

describe("one key", () => {
  it("is one order, and whoever asks without one has his own", () => {
    assert.deepStrictEqual(faults({}), [])
    assert.deepStrictEqual(
      faults({ orders: delivered(4), history: [operation("a", place(null), unknown)] }),
      []
    )
  })

  it("is refused for another request, and stands for its own as before", () => {
    const history = [
      operation("a", place("k1", "11 of 1"), failed("IdempotencyKeyReused")),
      operation("a", place("k1"), ok(1, "Delivered", 5))
    ]
    assert.deepStrictEqual(faults({ history }), [])
  })

  it("has no second order that nobody was told of", () => {
    assert.deepStrictEqual(faults({ orders: delivered(4) }), [
      "stand for no key, and 0 were asked for without one"
    ])
    const refused = [operation("a", place(null), failed("OrderConflict"))]
    assert.deepStrictEqual(faults({ orders: delivered(4), history: refused }), [
      "stand for no key, and 0 were asked for without one"
    ])
  })

  it("is given to another order only when the first was rejected", () => {
    const rejected = log("order", orderId(5), ["OrderRegistered", "OrderRejected"])
    assert.deepStrictEqual(
      faults({ orders: [...rejected, ...delivered(4), ...key("k4", 5, 4)] }),
      []
    )
    assert.deepStrictEqual(
      faults({ orders: [...delivered(5), ...delivered(4), ...key("k4", 5, 4)] }),
      ["its key was given to another order, and it lives"]
    )
  })

  it("shares its order with no other key", () => {
    assert.deepStrictEqual(faults({ orders: key("k9", 1) }), ["two keys stand for it"])
  })

  it("says nothing of orders that others may have placed", () => {
    assert.deepStrictEqual(
      idempotency.violations({ ...good, orders: [...good.orders, ...delivered(4)] }),
      []
    )
  })
})
