import { assert, describe, it } from "@effect/vitest"
import type { Row } from "../src/api/Dashboard.ts"
import * as Filter from "../src/board/Filter.ts"
import { sorted } from "../src/board/Sorting.ts"

const row = (orderId: string, parts: Partial<Row> = {}): Row => ({
  orderId: `ord_${orderId}`,
  branchId: "1",
  sauceId: "gochujang",
  qty: 1,
  price: 1_000,
  orderStatus: "Paid",
  paymentStatus: "Captured",
  deliveryStatus: null,
  state: "Preparing",
  updatedAt: "2026-11-26T06:00:00.000Z",
  ...parts
})

describe("the board's filter", () => {
  it("comes back from the address that it was put in", () => {
    const filters: ReadonlyArray<Filter.Filter> = [
      Filter.everything,
      { state: "Preparing", branch: "b-7", search: "go chu&=", sort: { by: "price", descending: false } },
      { ...Filter.everything, sort: { by: "order", descending: false } }
    ]
    for (const filter of filters) assert.deepStrictEqual(Filter.parse(Filter.format(filter)), filter)
  })
  it("takes no space in the address when it restricts nothing", () => {
    assert.strictEqual(Filter.format(Filter.everything), "")
  })
  it("reads an address that it does not understand as no restriction", () => {
    assert.deepStrictEqual(Filter.parse("state=Eaten&sort=taste.up&colour=red"), Filter.everything)
  })
  it("finds orders by any part of id, branch or sauce, and by both state and branch", () => {
    const rows = [
      row("a1", { branchId: "seoul" }),
      row("b2", { sauceId: "Ssamjang" }),
      row("c3", { state: "Complete" })
    ]
    const found = (filter: Partial<Filter.Filter>) =>
      rows.filter(Filter.matcher({ ...Filter.everything, ...filter }) ?? (() => true)).map(({ orderId }) =>
        orderId
      )
    assert.deepStrictEqual(found({ search: "SEO" }), ["ord_a1"])
    assert.deepStrictEqual(found({ search: "ssam" }), ["ord_b2"])
    assert.deepStrictEqual(found({ search: "c3" }), ["ord_c3"])
    assert.deepStrictEqual(found({ state: "Complete", branch: "1" }), ["ord_c3"])
    assert.deepStrictEqual(found({ state: "Complete", branch: "seoul" }), [])
  })
})

describe("a lane of the board", () => {
  const rows = [
    row("a", { deliveryStatus: null }),
    row("b", { deliveryStatus: "Preparing" }),
    row("c", { deliveryStatus: "Dispatched" }),
    row("d", { deliveryStatus: "Failed", attention: true }),
    row("e", { deliveryStatus: "Delivered", state: "Complete", attention: true }),
    row("f", { paymentStatus: "Requested", state: "Registered" })
  ]
  const held = (state: Filter.Group) =>
    rows.filter(Filter.matcher({ ...Filter.everything, state }) ?? (() => true)).map(({ orderId }) =>
      orderId.slice(4)
    ).join("")

  it("holds what is paid until it leaves, then what is in delivery until it arrives: together what is prepared", () => {
    assert.deepStrictEqual([held("Paid"), held("InDelivery"), held("Preparing")], ["ab", "cd", "abcd"])
  })
  it("holds whatever needs attention, in any state", () => {
    assert.strictEqual(held("Attention"), "de")
  })
  it("is told by the address", () => {
    for (const state of Filter.lanes) {
      assert.strictEqual(Filter.parse(Filter.format({ ...Filter.everything, state })).state, state)
    }
  })
})

describe("sorting", () => {
  it("leaves orders of equal keys newest first, in both directions", () => {
    const rows = [row("c", { price: 2 }), row("b", { price: 1 }), row("a", { price: 2 })]
    const by = (descending: boolean) =>
      sorted(rows, { by: "price", descending }).map(({ orderId }) => orderId.slice(4)).join("")
    assert.strictEqual(by(true), "cab")
    assert.strictEqual(by(false), "bca")
  })
  it("turns with each press of a heading: down, up, as it was", () => {
    const once = Filter.nextSort(Filter.newest, "qty")
    const twice = Filter.nextSort(once, "qty")
    assert.deepStrictEqual([once, twice, Filter.nextSort(twice, "qty")], [
      { by: "qty", descending: true },
      { by: "qty", descending: false },
      Filter.newest
    ])
  })
})
