/** What is in a store must stay readable: the files of `folder` are never edited, only added to. */
import { assert, describe, it } from "@effect/vitest"
import type { EventCodec } from "@saucier/eventsourcing/EventCodec"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { readdirSync, readFileSync } from "node:fs"

const Golden = Schema.Struct({ type: Schema.String, schemaVersion: Schema.Int, data: Schema.Unknown })

/** `meaning` is what each file means today, by the tag of its event. */
export const goldenContract = <
  Event extends { readonly _tag: string },
  Encoded extends { readonly _tag: string }
>(options: {
  readonly name: string
  readonly folder: URL
  readonly schema: Schema.Schema<Event, Encoded> & {
    readonly members: ReadonlyArray<Schema.Schema.AnyNoContext>
  }
  readonly codec: EventCodec<Event>
  readonly meaning: { readonly [Tag in Encoded["_tag"]]: Extract<Encoded, { readonly _tag: Tag }> }
}) => {
  const { codec, folder, meaning, name, schema } = options
  const files = readdirSync(folder).map((name) => {
    const text = readFileSync(new URL(name, folder), "utf8")
    return { name, text, stored: Schema.decodeSync(Schema.parseJson(Golden))(text) }
  })
  const decode = Schema.decodeUnknownSync(schema)
  const expected = Object.values(meaning).map((encoded) => decode(encoded))

  describe(`a stored ${name} event`, () => {
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
      for (const member of schema.members) {
        assert.isTrue(read.some(Schema.is(member)), `no golden file for ${member.ast}`)
        assert.isTrue(expected.some(Schema.is(member)), `no meaning for ${member.ast}`)
      }
    })

    it.prop("survives storage as JSON", { event: schema }, ({ event }) => {
      const stored = codec.encode(event)
      const read = codec.decode({ ...stored, data: JSON.parse(JSON.stringify(stored.data)) })
      assert.isTrue(Schema.equivalence(schema)(Either.getOrThrow(read), event))
    }, { fastCheck: { numRuns: 200 } })
  })
}
