/** What is in a store must stay readable: these files are never edited, only added to. */
import { assert, describe, it } from "@effect/vitest"
import { DeliveryEvent } from "@saucier/delivery/Delivery"
import { deliveryCodec as codec } from "@saucier/delivery/DeliveryCodec"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { readdirSync, readFileSync } from "node:fs"

const members: ReadonlyArray<Schema.Schema.AnyNoContext> = DeliveryEvent.members
const folder = new URL("golden/", import.meta.url)

const Golden = Schema.Struct({ type: Schema.String, schemaVersion: Schema.Int, data: Schema.Unknown })

const files = readdirSync(folder).map((name) => {
  const text = readFileSync(new URL(name, folder), "utf8")
  return { name, text, stored: Schema.decodeSync(Schema.parseJson(Golden))(text) }
})

const about = {
  at: 1_790_000_000_000,
  deliveryId: "dlv_01h455vb4pex5vsknk084sn02q",
  orderId: "ord_01h455vb4pex5vsknk084sn02q"
} as const

/** What each file means today. */
const meaning: {
  readonly [Tag in DeliveryEvent["_tag"]]: Extract<typeof DeliveryEvent.Encoded, { readonly _tag: Tag }>
} = {
  DeliveryPrepared: {
    _tag: "DeliveryPrepared",
    ...about,
    goods: { branchId: "gangnam-1", sauceId: "gochujang", quantity: 10 }
  },
  DeliveryDispatched: { _tag: "DeliveryDispatched", ...about },
  DeliveryDelivered: { _tag: "DeliveryDelivered", ...about },
  DeliveryFailed: { _tag: "DeliveryFailed", ...about },
  DeliveryReplanned: { _tag: "DeliveryReplanned", ...about },
  DeliveryReturned: { _tag: "DeliveryReturned", ...about },
  DeliveryCancelled: { _tag: "DeliveryCancelled", ...about, reason: "두 번 주문함" }
}
const expected = Object.values(meaning).map((encoded) => Schema.decodeSync(DeliveryEvent)(encoded))

describe("a stored delivery event", () => {
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

  it.prop("survives storage as JSON", { event: DeliveryEvent }, ({ event }) => {
    const stored = codec.encode(event)
    const read = codec.decode({ ...stored, data: JSON.parse(JSON.stringify(stored.data)) })
    assert.isTrue(Schema.equivalence(DeliveryEvent)(Either.getOrThrow(read), event))
  }, { fastCheck: { numRuns: 200 } })
})
