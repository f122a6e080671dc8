/** What is in a store must stay readable: these files are never edited, only added to. */
import { assert, describe, it } from "@effect/vitest"
import { OrderEvent } from "@saucier/order/Order"
import { orderCodec as codec } from "@saucier/order/OrderCodec"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { readdirSync, readFileSync } from "node:fs"

const members: ReadonlyArray<Schema.Schema.AnyNoContext> = OrderEvent.members
const folder = new URL("golden/", import.meta.url)

const Golden = Schema.Struct({ type: Schema.String, schemaVersion: Schema.Int, data: Schema.Unknown })

const files = readdirSync(folder).map((name) => {
  const text = readFileSync(new URL(name, folder), "utf8")
  return { name, text, stored: Schema.decodeSync(Schema.parseJson(Golden))(text) }
})

const about = { at: 1_790_000_000_000, orderId: "ord_01h455vb4pex5vsknk084sn02q" } as const

/** What each file means today. */
const meaning: {
  readonly [Tag in OrderEvent["_tag"]]: Extract<typeof OrderEvent.Encoded, { readonly _tag: Tag }>
} = {
  OrderRegistered: {
    _tag: "OrderRegistered",
    ...about,
    goods: { branchId: "gangnam-1", sauceId: "gochujang", quantity: 10 },
    price: { amount: 10_000, currency: "KRW" },
    paymentId: "pay_01h455vb4pex5vsknk084sn02q"
  },
  OrderPaymentPending: { _tag: "OrderPaymentPending", ...about },
  OrderPaid: { _tag: "OrderPaid", ...about },
  OrderRejected: { _tag: "OrderRejected", ...about, reason: "payment-declined" },
  OrderPreparing: { _tag: "OrderPreparing", ...about },
  OrderDispatched: { _tag: "OrderDispatched", ...about },
  OrderDelivered: { _tag: "OrderDelivered", ...about },
  OrderCancellationRequested: { _tag: "OrderCancellationRequested", ...about, reason: "두 번 주문함" },
  OrderCancelled: { _tag: "OrderCancelled", ...about },
  OrderCancellationRefused: { _tag: "OrderCancellationRefused", ...about }
}
const expected = Object.values(meaning).map((encoded) => Schema.decodeSync(OrderEvent)(encoded))

describe("a stored order event", () => {
  it.each(files)("$name is read as it was meant", ({ stored }) => {
    const event = Either.getOrThrow(codec.decode(stored))
    assert.deepStrictEqual(event, expected.find(({ _tag }) => _tag === event._tag))
  })

  it.each(files)("$name is named for its type and schema version", ({ name, stored }) => {
    assert.strictEqual(name, `${stored.type}.v${stored.schemaVersion}.json`)
  })

  it.each(expected)("$_tag is written exactly as in its file", (event) => {
    const stored = codec.encode(event)
    const file = files.find(({ name }) => name === `${stored.type}.v${stored.schemaVersion}.json`)
    assert.strictEqual(
      `${JSON.stringify(stored, null, 2)}\n`,
      file?.text,
      "no such file, or another content"
    )
  })

  it("has a meaning and a file whichever member of the union it is", () => {
    const read = files.flatMap(({ stored }) =>
      Either.match(codec.decode(stored), { onLeft: () => [], onRight: (e) => [e] })
    )
    for (const member of members) {
      assert.isTrue(read.some(Schema.is(member)), `no golden file for ${member.ast}`)
      assert.isTrue(expected.some(Schema.is(member)), `no meaning for ${member.ast}`)
    }
  })

  it.prop("survives storage as JSON", { event: OrderEvent }, ({ event }) => {
    const stored = codec.encode(event)
    const read = codec.decode({ ...stored, data: JSON.parse(JSON.stringify(stored.data)) })
    assert.isTrue(Schema.equivalence(OrderEvent)(Either.getOrThrow(read), event))
  }, { fastCheck: { numRuns: 200 } })
})
