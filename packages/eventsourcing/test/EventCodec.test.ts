import { assert, describe, it } from "@effect/vitest"
import * as EventCodec from "@saucier/eventsourcing/EventCodec"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"

/** Third version of the event: once `Poured { sauce }`, then `Poured { sauce, ml }`, now of another name and unit. */
const SaucePoured = Schema.TaggedStruct("SaucePoured", { sauce: Schema.String, litres: Schema.Finite })
const BottleClosed = Schema.TaggedStruct("BottleClosed", { at: Schema.DateTimeUtcFromNumber })
const BottleEvent = Schema.Union(SaucePoured, BottleClosed)

const V1 = Schema.Struct({ sauce: Schema.String })
const V2 = Schema.Struct({ sauce: Schema.String, ml: Schema.Finite })

const codec = EventCodec.make(BottleEvent, {
  versions: { SaucePoured: 3 },
  upcasters: [
    {
      type: "SaucePoured",
      schemaVersion: 2,
      upcast: (data) => {
        const { ml, sauce } = Schema.decodeUnknownSync(V2)(data)
        return { type: "SaucePoured", schemaVersion: 3, data: { sauce, litres: ml / 1000 } }
      }
    },
    {
      type: "Poured",
      schemaVersion: 1,
      upcast: (data) => ({
        type: "SaucePoured",
        schemaVersion: 2,
        data: { ...Schema.decodeUnknownSync(V1)(data), ml: 500 }
      })
    }
  ]
})

const texts = ["", "간장 소스", "🌶️", "\u0000", "\ud800", "\u2028", "\"\\", "__proto__"]

describe("EventCodec", () => {
  it("stores the tag as the type and the other fields as data", () => {
    const stored = codec.encode(SaucePoured.make({ sauce: "soy", litres: 2 }))
    assert.deepStrictEqual(stored, {
      type: "SaucePoured",
      schemaVersion: 3,
      data: { sauce: "soy", litres: 2 }
    })
  })

  it("gives version 1 to an event that never changed", () => {
    const closed = Schema.decodeSync(BottleClosed)({ _tag: "BottleClosed", at: 0 })
    assert.deepStrictEqual(codec.encode(closed), { type: "BottleClosed", schemaVersion: 1, data: { at: 0 } })
  })

  it("brings an old event up to date step by step, over a change of its name too", () => {
    const poured = SaucePoured.make({ sauce: "soy", litres: 0.5 })
    for (
      const stored of [
        { type: "Poured", schemaVersion: 1, data: { sauce: "soy" } },
        { type: "SaucePoured", schemaVersion: 2, data: { sauce: "soy", ml: 500 } },
        { type: "SaucePoured", schemaVersion: 3, data: { sauce: "soy", litres: 0.5 } }
      ]
    ) {
      assert.deepStrictEqual(Either.getOrThrow(codec.decode(stored)), poured)
    }
  })

  it.prop("gives back what it stored", { event: BottleEvent }, ({ event }) => {
    const { data, ...stored } = codec.encode(event)
    const read = Either.getOrThrow(codec.decode({ ...stored, data: JSON.parse(JSON.stringify(data)) }))
    assert.isTrue(Schema.equivalence(BottleEvent)(read, event))
  })

  it("stores any text, whatever its characters", () => {
    for (const sauce of texts) {
      const { data, ...stored } = codec.encode(SaucePoured.make({ sauce, litres: 1 }))
      const read = Either.getOrThrow(codec.decode({ ...stored, data: JSON.parse(JSON.stringify(data)) }))
      assert.deepStrictEqual(read, SaucePoured.make({ sauce, litres: 1 }))
    }
  })

  it("says no to a type it does not know", () => {
    for (const type of ["SauceSpilt", "", "constructor"]) {
      assert.isTrue(
        Either.isLeft(codec.decode({ type, schemaVersion: 1, data: { sauce: "soy", litres: 1 } })),
        type
      )
    }
  })

  it.prop("says yes or no, and never throws, whatever the data", { data: Schema.Unknown }, ({ data }) => {
    assert.isTrue(Either.isEither(codec.decode({ type: "SaucePoured", schemaVersion: 3, data })))
  })

  it("says no, and does not throw, when an old event cannot be brought up to date", () => {
    assert.isTrue(Either.isLeft(codec.decode({ type: "SaucePoured", schemaVersion: 2, data: null })))
  })

  it("takes its type from the type, not from a tag within the data", () => {
    const stored = { type: "BottleClosed", schemaVersion: 1, data: { _tag: "SaucePoured", at: 0 } }
    assert.strictEqual(Either.getOrThrow(codec.decode(stored))._tag, "BottleClosed")
  })
})
