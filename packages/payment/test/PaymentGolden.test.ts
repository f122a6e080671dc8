/** What is in a store must stay readable: these files are never edited, only added to. */
import { assert, describe, it } from "@effect/vitest"
import { PaymentEvent } from "@saucier/payment/Payment"
import { paymentCodec as codec } from "@saucier/payment/PaymentCodec"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { readdirSync, readFileSync } from "node:fs"

const members: ReadonlyArray<Schema.Schema.AnyNoContext> = PaymentEvent.members
const folder = new URL("golden/", import.meta.url)

const Golden = Schema.Struct({ type: Schema.String, schemaVersion: Schema.Int, data: Schema.Unknown })

const files = readdirSync(folder).map((name) => {
  const text = readFileSync(new URL(name, folder), "utf8")
  return { name, text, stored: Schema.decodeSync(Schema.parseJson(Golden))(text) }
})

const about = {
  at: 1_790_000_000_000,
  paymentId: "pay_01h455vb4pex5vsknk084sn02q",
  orderId: "ord_01h455vb4pex5vsknk084sn02q"
} as const
const amount = { amount: 10_000, currency: "KRW" } as const
const goods = { branchId: "gangnam-1", sauceId: "gochujang", quantity: 10 }

/** What each file means today. */
const meaning: {
  readonly [Tag in PaymentEvent["_tag"]]: Extract<typeof PaymentEvent.Encoded, { readonly _tag: Tag }>
} = {
  PaymentRequested: { _tag: "PaymentRequested", ...about, amount, goods },
  PaymentCaptured: { _tag: "PaymentCaptured", ...about, amount, goods, reference: "ch_1", wanted: true },
  PaymentDeclined: { _tag: "PaymentDeclined", ...about, code: "insufficient-funds" },
  PaymentFailed: { _tag: "PaymentFailed", ...about, detail: "connection refused" },
  PaymentOutcomeUnknown: { _tag: "PaymentOutcomeUnknown", ...about, detail: "no answer within 3 s" },
  PaymentVoidRequested: { _tag: "PaymentVoidRequested", ...about, reason: "두 번 주문함" },
  PaymentVoided: { _tag: "PaymentVoided", ...about },
  RefundRequested: { _tag: "RefundRequested", ...about, amount, reason: "ordered twice" },
  RefundDelayed: { _tag: "RefundDelayed", ...about, detail: "connection refused" },
  PaymentRefunded: { _tag: "PaymentRefunded", ...about, amount, reference: "re_1" },
  PaymentAttentionRaised: {
    _tag: "PaymentAttentionRaised",
    ...about,
    reason: "the provider took 9000 KRW, not 10000 KRW"
  },
  PaymentAttentionCleared: { _tag: "PaymentAttentionCleared", ...about, note: "called the bank" }
}
const expected = Object.values(meaning).map((encoded) => Schema.decodeSync(PaymentEvent)(encoded))

describe("a stored payment event", () => {
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

  it.prop("survives storage as JSON", { event: PaymentEvent }, ({ event }) => {
    const stored = codec.encode(event)
    const read = codec.decode({ ...stored, data: JSON.parse(JSON.stringify(stored.data)) })
    assert.isTrue(Schema.equivalence(PaymentEvent)(Either.getOrThrow(read), event))
  }, { fastCheck: { numRuns: 200 } })
})
