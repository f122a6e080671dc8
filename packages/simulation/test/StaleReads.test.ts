import { assert, describe, it } from "@effect/vitest"
import { start, StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as ContextServer from "@saucier/simulation/ContextServer"
import * as ContextStore from "@saucier/simulation/ContextStore"
import * as DatabaseServer from "@saucier/simulation/DatabaseServer"
import * as Network from "@saucier/simulation/Network"
import * as World from "@saucier/simulation/World"
import * as Effect from "effect/Effect"

const streamId = StreamId.make("jar-1")
const meta = { correlationId: "c", causationId: null, actor: "a", occurredAt: 0, traceparent: null }

/** Two events a second apart, then what `ask` sees while each read is answered from data half a second old. */
const seen = <A, E>(
  ask: (store: EventStore["Type"], server: ContextServer.ContextServer) => Effect.Effect<A, E>
) => {
  const world = World.make(1)
  const network = Network.make(world)
  const counts: Array<string> = []
  const host = DatabaseServer.make(world, network, (path) => counts.push(path))
  const server = ContextServer.make(world, network, host, "jar", (path) => counts.push(path))
  const results: Array<A> = []
  const program = Effect.gen(function*() {
    const store = yield* EventStore
    yield* put(store, 0)
    yield* Effect.sleep("1 second")
    yield* put(store, 1)
    host.age({ share: 1, millis: 500 })
    results.push(yield* ask(store, server))
  })
  let over = false
  world.start(
    "jar-1#1",
    Effect.ensuring(
      Effect.provide(program, ContextStore.layer(server)),
      Effect.sync(() => {
        over = true
      })
    )
  )
  world.run(() => over, 60_000)
  const [result] = results
  assert(result !== undefined)
  return { result, counts }
}

const put = (store: EventStore["Type"], expected: number) =>
  store.append({
    streamId,
    expected: Version.make(expected),
    commandId: CommandId.make(`after ${expected}`),
    events: [{ type: "Poured", schemaVersion: 1, data: { spoons: expected } }],
    meta
  })

const versions = (events: ReadonlyArray<{ readonly version: number }>) => events.map(({ version }) => version)

describe("a stale read", () => {
  it("is answered with what stood there then, and with the rest when that is old enough", () => {
    const { counts, result } = seen((store) =>
      Effect.gen(function*() {
        const early = yield* store.read(streamId, Version.make(0))
        const page = yield* store.page(start, 10)
        yield* Effect.sleep("600 millis")
        return [early, page, yield* store.read(streamId, Version.make(0))].map(versions)
      })
    )
    assert.deepStrictEqual(result, [[1], [1], [1, 2]])
    assert.deepStrictEqual(counts, ["a stream is read stale"])
  })

  it("leads to an append that is refused, and counted as such", () => {
    const { counts, result } = seen((store) =>
      Effect.gen(function*() {
        const old = yield* store.read(streamId, Version.make(0))
        return yield* Effect.flip(store.append({
          streamId,
          expected: Version.make(old.length),
          commandId: CommandId.make("upon what is gone"),
          events: [{ type: "Poured", schemaVersion: 1, data: { spoons: 1 } }],
          meta
        }))
      })
    )
    assert(result._tag === "VersionConflict")
    assert.deepStrictEqual([result.expected, result.actual], [Version.make(1), Version.make(2)])
    assert.include(counts, "an append is refused, for its stream was read stale")
  })

  it("finds nothing that the power has taken", () => {
    const { result } = seen((store, server) =>
      Effect.gen(function*() {
        server.commit(({ checkpoints }) => checkpoints.set("unsynced", start), false)
        yield* Effect.sleep("1 second")
        const before = server.look().checkpoints.has("unsynced")
        server.losePower(0)
        return {
          before,
          after: server.look().checkpoints.has("unsynced"),
          read: versions(yield* store.read(streamId, Version.make(0)))
        }
      })
    )
    assert.deepStrictEqual(result, { before: true, after: false, read: [1, 2] })
  })
})
