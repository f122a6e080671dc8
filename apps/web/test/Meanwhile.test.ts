import { assert, describe, it } from "@effect/vitest"
import type { Row } from "../src/api/Dashboard.ts"
import type { DeliveryView } from "../src/api/Deliveries.ts"
import { type Listed, withoutGone } from "../src/deliveries/Listed.ts"
import type { Change } from "../src/live/Change.ts"
import * as Meanwhile from "../src/live/Meanwhile.ts"
import { Rows } from "../src/live/Rows.ts"

const row = (name: string, changes: Partial<Row> = {}): Row => ({
  orderId: `ord_${name}`,
  branchId: "1",
  sauceId: "1",
  qty: 1,
  price: 1_000,
  orderStatus: "Preparing",
  paymentStatus: "Captured",
  deliveryStatus: "Preparing",
  state: "Preparing",
  updatedAt: "2026-11-26T06:00:00.000Z",
  ...changes
})

/** A feed that says what the test lets it say. */
const feed = () => {
  const listeners = new Set<(changes: ReadonlyArray<Change>) => void>()
  return {
    listeners,
    onChanges: (listener: (changes: ReadonlyArray<Change>) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    say: (...rows: ReadonlyArray<Row>) => {
      for (const listener of listeners) listener(rows.map((row, seq) => ({ seq, row })))
    }
  }
}

/** An answer that comes when the test says so. */
const pending = <A>() => {
  let resolve: (answer: A) => void = () => {}
  const promise = new Promise<A>((done) => {
    resolve = done
  })
  return { promise, resolve: (answer: A) => resolve(answer) }
}

describe("a question that the feed may overtake", () => {
  it("comes with what the feed said while it was on its way, and with nothing else", async () => {
    const { listeners, onChanges, say } = feed()
    say(row("before"))
    const asked = pending<string>()
    const answered = Meanwhile.during(onChanges, () => asked.promise)
    say(row("a"), row("b"))
    say(row("a", { state: "Complete" }))
    asked.resolve("the answer")
    const { answer, meanwhile } = await answered
    say(row("after"))
    assert.strictEqual(answer, "the answer")
    assert.deepStrictEqual(meanwhile, [row("a"), row("b"), row("a", { state: "Complete" })])
    assert.strictEqual(listeners.size, 0)
  })
  it("leaves no listener behind when it is not answered", async () => {
    const { listeners, onChanges } = feed()
    await Meanwhile.during(onChanges, () => Promise.reject(new Error("away"))).catch(() => {})
    assert.strictEqual(listeners.size, 0)
  })
  it("brings a page whose rows, and those between, are as the feed has them", async () => {
    const { onChanges, say } = feed()
    const rows = new Rows()
    onChanges((changes) => rows.apply(changes.map(({ row }) => row)))
    const asked = pending<ReadonlyArray<Row>>()
    const answered = Meanwhile.during(onChanges, () => asked.promise)
    say(row("b", { state: "Complete" }), row("d"))
    asked.resolve([row("c"), row("b"), row("a")])
    const { answer, meanwhile } = await answered
    rows.append(answer, null)
    rows.apply(meanwhile)
    assert.deepStrictEqual(rows.all, [row("d"), row("c"), row("b", { state: "Complete" }), row("a")])
  })
})

describe("a list of deliveries", () => {
  const delivery = (name: string): DeliveryView => ({
    id: `dlv_${name}`,
    orderId: `ord_${name}`,
    branchId: "1",
    sauceId: "1",
    qty: 1,
    status: "Preparing",
    stages: [],
    version: 1
  })
  const listed: Listed = { items: [delivery("a"), delivery("b")], more: true }

  it("loses those that have moved on, by their newest row", () => {
    const gone = withoutGone(listed, "Preparing", [
      row("a", { deliveryStatus: "Dispatched" }),
      row("b", { deliveryStatus: "Failed" }),
      row("b", { deliveryStatus: "Preparing" })
    ])
    assert.deepStrictEqual(gone, { items: [delivery("b")], more: true })
  })
  it("is the same one when nothing about it has changed", () => {
    const rows = [
      row("a"),
      row("b", { deliveryStatus: null }),
      row("z", { deliveryStatus: "Failed" })
    ]
    assert.strictEqual(withoutGone(listed, "Preparing", rows), listed)
  })
})
