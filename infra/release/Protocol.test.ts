/** That processes of the release before and of this one understand each other, both ways, as in a rolling replace and its way back. */
import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { globSync } from "tinyglobby"
import * as Previous from "./Previous.ts"
import { printed, Protocol, protocol } from "./Protocol.ts"
import { complaints, type Json } from "./Reads.ts"

const folder = join(import.meta.dirname, "protocol")
const root = join(import.meta.dirname, "../..")
const decode = Schema.decodeUnknownSync(Schema.parseJson(Protocol))
const ordinal = (version: string) => version.split(".").map((part) => part.padStart(6, "0")).join(".")
const releases = readdirSync(folder).map((file) => file.replace(".json", ""))
  .toSorted((a, b) => ordinal(a) < ordinal(b) ? -1 : 1)
  .map((version) => {
    const { events, messages } = decode(readFileSync(join(folder, `${version}.json`), "utf8"))
    return { version, events, messages }
  })
const previous = releases.at(-1)
assert(previous !== undefined)

/** Read by this release and written by none yet: the release after the next one that is recorded may write them. */
const readFirst = new Set<string>()

const parts = ["payload", "success", "error"] as const

describe(`messages of this release and of ${previous.version}`, () => {
  it.each(Object.keys(previous.messages))("%s is read by the other, asked and answered", (name) => {
    const [then, now] = [previous.messages[name], protocol.messages[name]]
    assert(then !== undefined && now !== undefined, "who asks for it would get no answer")
    assert.strictEqual(now.shardGroup, then.shardGroup)
    for (const part of parts) {
      assert.deepStrictEqual(complaints(now[part], then[part]), [], `${part} of before, read now`)
      assert.deepStrictEqual(complaints(then[part], now[part]), [], `${part} of now, read by the one before`)
    }
  })

  it("are those of all actors", () => {
    const made = globSync(["packages/*/src/*Entity.ts"], { cwd: root }).flatMap((file) =>
      Array.from(
        readFileSync(join(root, file), "utf8").matchAll(/Entity\.make\([`"](\w+)/g),
        ([, type = ""]) => type
      )
    )
    const told = Object.keys(protocol.messages).map((name) => name.split(/[./]/)[0])
    assert.sameMembers(made, [...new Set(told)])
  })
})

describe("events", () => {
  it.each(releases)("of release $version are read", ({ events }) => {
    for (const [type, then] of Object.entries(events)) {
      assert.deepStrictEqual(complaints(protocol.events[type] ?? {}, then), [], type)
    }
  })

  it("that this release writes are read by the one before", () => {
    const written = Object.entries(protocol.events).filter(([type]) => !readFirst.has(type))
    for (const [type, now] of written) {
      const then = previous.events[type]
      assert(
        then !== undefined,
        `${type} would stop the release before: read it first, write it a release later`
      )
      assert.deepStrictEqual(complaints(then, now), [], type)
    }
  })
})

it("what is printed of a release is all of it", () => {
  assert.deepStrictEqual(decode(printed(protocol)), decode(JSON.stringify(protocol)))
})

it("the release that is run beside this one is the one whose words are kept", () => {
  assert.strictEqual(Previous.version, previous.version)
})

describe("what the release before writes", () => {
  const tagged = (tag: string): Json => ({
    type: "object",
    required: ["_tag"],
    properties: { _tag: { type: "string", enum: [tag] } }
  })
  const fields: Json = {
    _tag: { type: "string", enum: ["Counted"] },
    count: { $ref: "#/$defs/Count", maximum: 9 },
    state: { anyOf: [tagged("Open"), tagged("Shut")] },
    names: { type: "array", items: { type: "string" } }
  }
  const schema = (changed: Json = {}, required: ReadonlyArray<string> = []): Json => ({
    $defs: { Count: { type: "integer" } },
    type: "object",
    required: ["_tag", "count", "state", ...required],
    properties: { ...fields, ...changed }
  })

  it.each<[string, Json, ReadonlyArray<string>]>([
    ["all of it", schema(), []],
    ["a new field that may be absent", schema({ note: { type: "string" } }), []],
    ["any number where whole ones were", schema({ count: { type: "number" } }), []],
    ["one state more", schema({ state: { anyOf: ["Open", "Shut", "Ajar"].map(tagged) } }), []],
    ["a new field that must be there", schema({ by: { type: "string" } }, ["by"]), [".by is missing"]],
    ["a field that was optional", schema({}, ["names"]), [".names is missing"]],
    ["another type", schema({ count: { type: "string" } }), [
      `.count: {"type":"integer","maximum":9} is not {"type":"string"}`
    ]],
    ["a narrower limit", schema({ count: { type: "integer", maximum: 5 } }), [".count: maximum is 5, was 9"]],
    ["another type inside", schema({ names: { type: "array", items: { type: "number" } } }), [
      `.names[]: {"type":"string"} is not {"type":"number"}`
    ]],
    ["one state less", schema({ state: tagged("Open") }), [`.state._tag: "Shut" is not known`]]
  ])("is held against a reader that wants %s", (_, reader, expected) => {
    assert.deepStrictEqual(complaints(reader, schema()), expected)
  })
})
