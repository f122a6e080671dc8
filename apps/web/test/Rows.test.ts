import { assert, describe, it } from "@effect/vitest"
import type { Row } from "../src/api/Dashboard.ts"
import { Rows } from "../src/live/Rows.ts"

const row = (name: string, state: Row["state"] = "Preparing"): Row => ({
  orderId: `ord_${name}`,
  branchId: "1",
  sauceId: "1",
  qty: 1,
  price: 1_000,
  orderStatus: null,
  paymentStatus: null,
  deliveryStatus: null,
  state,
  updatedAt: "2026-11-26T06:00:00.000Z"
})

const ids = (rows: Rows) => rows.all.map(({ orderId }) => orderId.slice(4)).join("")

describe("the rows of a page", () => {
  it("keep what the feed said while a page was on its way", () => {
    const rows = new Rows()
    rows.append([row("d"), row("c")], "ord_c")
    rows.apply([row("e"), row("b", "Complete")])
    rows.append([row("b"), row("a")], null)
    assert.strictEqual(ids(rows), "edcba")
    rows.apply([row("b", "Complete")])
    rows.append([row("b")], null)
    assert.strictEqual(rows.get("ord_b")?.state, "Complete")
    assert.strictEqual(rows.all[3]?.state, "Complete")
  })
  it("leave out a change of an order that is older than what is loaded, and keep no gap", () => {
    const rows = new Rows()
    rows.append([row("d"), row("c")], "ord_c")
    rows.apply([row("a")])
    assert.strictEqual(ids(rows), "dc")
    assert.strictEqual(rows.cursor, "ord_c")
    assert.isFalse(rows.complete)
  })
  it("take no change before the first page, which may lack the orders between", () => {
    const rows = new Rows()
    rows.apply([row("z")])
    rows.append([row("z"), row("y")], null)
    assert.strictEqual(ids(rows), "zy")
    assert.isTrue(rows.complete)
  })
  it("put orders that come late where they belong, each once", () => {
    const rows = new Rows()
    rows.append([row("f"), row("b")], null)
    rows.apply([row("d"), row("g"), row("d", "Complete"), row("a")])
    assert.strictEqual(ids(rows), "gfdba")
    assert.strictEqual(rows.get("ord_d")?.state, "Complete")
  })
  it("are never more than there is room for: the oldest go, and can be read again", () => {
    const rows = new Rows(3)
    rows.append([row("c"), row("b"), row("a")], null)
    rows.apply([row("d"), row("e")])
    assert.strictEqual(ids(rows), "edc")
    assert.isUndefined(rows.get("ord_a"))
    assert.isTrue(rows.full)
    assert.isFalse(rows.complete)
    rows.apply([row("a", "Complete")])
    assert.strictEqual(ids(rows), "edc")
  })
  it("hold the same as a plain sorted list after any run of pages and changes", () => {
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    const states = ["Registered", "Preparing", "Complete"] as const
    for (let run = 0; run < 50; run++) {
      const rows = new Rows()
      const truth = new Map<string, Row>()
      rows.append([], null)
      for (let step = 0; step < 60; step++) {
        const changes = Array.from(
          { length: random(4) },
          () => row(String(random(40)).padStart(2, "0"), states[random(3)] ?? "Complete")
        )
        for (const change of changes) truth.set(change.orderId, change)
        rows.apply(changes)
      }
      assert.deepStrictEqual(
        rows.all,
        [...truth.values()].sort((a, b) => (a.orderId < b.orderId ? 1 : -1))
      )
    }
  })
})
