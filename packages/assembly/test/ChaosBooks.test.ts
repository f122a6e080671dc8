import { assert, describe, it } from "@effect/vitest"
import * as ChaosBooks from "@saucier/assembly/ChaosBooks"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits, type Money } from "@saucier/kernel/Money"
import type { LedgerLine } from "@saucier/payment/ProviderLedger"
import * as DateTime from "effect/DateTime"

const price: Money = { amount: MinorUnits.make(10_000), currency: "KRW" }
const orderId = (nth: number) => Ids.orderId(`01h455vb4pex5vsknk084sn0${String(nth).padStart(2, "0")}`)

const line = (id: Ids.OrderId, type: LedgerLine["type"], key: string = Ids.paymentIdOf(id)): LedgerLine => ({
  key,
  orderId: id,
  type,
  amount: price,
  at: DateTime.unsafeMake(0)
})

/** An order as it should go: acknowledged, charged, registered, paid, prepared. */
const fine = (books: ChaosBooks.ChaosBooks, id: Ids.OrderId) => {
  books.acknowledge(id)
  books.line(line(id, "charge.captured"))
  books.order(id, "OrderRegistered")
  books.order(id, "OrderPaid")
  books.delivery(id, "DeliveryPrepared")
}

const opened = () => {
  const books = ChaosBooks.make()
  fine(books, orderId(1))
  fine(books, orderId(2))
  return books
}

describe("the books of the chaos desk", () => {
  it("count nothing against orders that went as they should", () => {
    assert.deepStrictEqual(opened().counters(7), {
      at: 7,
      orders: 2,
      charges: 2,
      acknowledged: 2,
      lost: 0,
      doubled: 0,
      unordered: 0,
      settling: 0,
      examples: []
    })
  })

  it("miss an acknowledged order only when somebody has looked for it, and no longer than it is away", () => {
    const books = opened()
    books.acknowledge(orderId(3))
    assert.strictEqual(books.counters(0).lost, 0)
    assert.deepStrictEqual(books.unseen(10), [orderId(3)])
    books.looked(orderId(3), false)
    assert.deepInclude(books.counters(0), {
      lost: 1,
      unordered: 0,
      examples: [{ orderId: orderId(3), counter: "lost" }]
    })
    assert.isEmpty(books.unseen(10))
    books.order(orderId(3), "OrderRegistered")
    assert.strictEqual(books.counters(0).lost, 0)
  })

  it("believe an order that was found although the log does not show it yet", () => {
    const books = opened()
    books.acknowledge(orderId(3))
    books.looked(orderId(3), true)
    assert.deepInclude(books.counters(0), { lost: 0, settling: 1 })
    assert.isEmpty(books.unseen(10))
  })

  it("find a charge whose order there is not, until the money is back", () => {
    const books = opened()
    books.line(line(orderId(3), "charge.captured"))
    books.looked(orderId(3), false)
    assert.deepInclude(books.counters(0), { lost: 0, unordered: 1 })
    books.line(line(orderId(3), "charge.refunded"))
    assert.strictEqual(books.counters(0).unordered, 0)
  })

  it.each([
    ["a second capture", (books: ChaosBooks.ChaosBooks) => books.line(line(orderId(2), "charge.captured"))],
    [
      "a capture by another key",
      (books: ChaosBooks.ChaosBooks) => books.line(line(orderId(2), "charge.captured", "pay-once-more"))
    ],
    ["a second delivery", (books: ChaosBooks.ChaosBooks) => books.delivery(orderId(2), "DeliveryPrepared")],
    ["a second refund", (books: ChaosBooks.ChaosBooks) => {
      books.line(line(orderId(2), "charge.refunded"))
      books.line(line(orderId(2), "charge.refunded"))
    }]
  ])("count %s as doubled", (_, plant) => {
    const books = opened()
    plant(books)
    assert.strictEqual(books.counters(0).doubled, 1)
  })

  it("call an order settling until it is decided, prepared, or paid back", () => {
    const books = opened()
    const settling = () => books.counters(0).settling
    books.order(orderId(3), "OrderRegistered")
    assert.strictEqual(settling(), 1)
    books.order(orderId(3), "OrderPaid")
    assert.strictEqual(settling(), 1)
    books.delivery(orderId(3), "DeliveryPrepared")
    assert.strictEqual(settling(), 0)
    books.line(line(orderId(3), "charge.captured"))
    books.order(orderId(3), "OrderCancellationRequested")
    books.order(orderId(3), "OrderCancelled")
    assert.strictEqual(settling(), 1)
    books.line(line(orderId(3), "charge.refunded"))
    assert.strictEqual(settling(), 0)
  })

  it("leave out what the bank did for others", () => {
    const books = opened()
    books.line({ ...line(orderId(9), "charge.captured", "somebody-else"), orderId: null })
    assert.deepInclude(books.counters(0), { charges: 2, unordered: 0 })
    assert.isEmpty(books.unseen(10))
  })
})
