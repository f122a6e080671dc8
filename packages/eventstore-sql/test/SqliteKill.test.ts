import { assert, describe, it } from "@effect/vitest"
import { type RecordedEvent, start } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import * as Array from "effect/Array"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { join } from "node:path"
import * as ChildProcess from "./ChildProcess.ts"
import * as Folder from "./Folder.ts"

/** Runs writers in a process of their own and kills it after a random number of acknowledged appends, whatever it does then. */
const killed = (filename: string, run: number) =>
  Effect.scoped(Effect.gen(function*() {
    const child = yield* ChildProcess.start("./appendForever.ts", [filename, `r${run}`])
    yield* child.printed(yield* Random.nextIntBetween(50, 800))
    yield* child.kill
    return child.output.text.split("\n").slice(0, -1)
  }))

const whole = (filename: string) =>
  Effect.flatMap(EventStore, (store) => store.page(start, 1_000_000)).pipe(
    Effect.provide(SqliteStore.layer({ filename, name: "test" }))
  )

describe("a store whose process is killed", () => {
  it.live(
    "has every acknowledged append, whole, and versions and positions without a gap",
    () =>
      Effect.scoped(Effect.gen(function*() {
        const filename = join(yield* Folder.temporary, "events.db")
        const acknowledged = new Set<string>()
        for (const run of [1, 2, 3]) {
          for (const line of yield* killed(filename, run)) acknowledged.add(line)
          const events = yield* whole(filename)
          const recorded = new Set(events.map(({ commandId, streamId }) => `${streamId} ${commandId}`))
          assert.deepStrictEqual([...acknowledged].filter((line) => !recorded.has(line)), [])
          const streams: Record<string, ReadonlyArray<RecordedEvent>> = Array.groupBy(
            events,
            ({ streamId }) => streamId
          )
          for (const stream of Object.values(streams)) {
            assert.deepStrictEqual(
              stream.map(({ version }) => Number(version)),
              stream.map((_, index) => index + 1)
            )
            assert.strictEqual(stream.length % 3, 0)
          }
          assert.deepStrictEqual(
            events.map(({ position }) => position),
            events.map((_, index) => `${index + 1}`)
          )
        }
        assert.isAbove(acknowledged.size, 149)
      })),
    180_000
  )

  it.live("refuses a second process, says why, and lets it in once the first is gone", () =>
    Effect.scoped(Effect.gen(function*() {
      const filename = join(yield* Folder.temporary, "deep/below/events.db")
      const child = yield* ChildProcess.start("./appendForever.ts", [filename, "first"])
      yield* child.printed(1)
      const refused = yield* Effect.flip(Effect.asVoid(whole(filename)))
      assert.strictEqual(refused.reason, "in-use")
      assert.include(refused.message, filename)
      assert.include(refused.message, "SAUCIER_DATA_DIR")
      yield* child.kill
      assert.isAbove((yield* whole(filename)).length, 0)
    })))
})
