import { afterAll, afterEach, assert, describe, it } from "@effect/vitest"
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as ContextFile from "@saucier/simulation/ContextFile"
import * as DatabaseServer from "@saucier/simulation/DatabaseServer"
import * as Network from "@saucier/simulation/Network"
import * as Simulation from "@saucier/simulation/Simulation"
import * as World from "@saucier/simulation/World"
import * as Effect from "effect/Effect"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"

const folders: Array<string> = []
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "saucier-world-"))
  folders.push(made)
  return made
}

/** A world runs in one go: between two of them the runner of the tests must be heard. */
afterEach(() => setImmediate())
afterAll(() => folders.forEach((made) => rmSync(made, { recursive: true, force: true })))

const pour = (command: string, expected = 0) =>
  Effect.flatMap(EventStore, (store) =>
    store.append({
      streamId: StreamId.make("jar-1"),
      expected: Version.make(expected),
      commandId: CommandId.make(command),
      events: [{ type: "Poured", schemaVersion: 1, data: {} }],
      meta: { correlationId: "c", causationId: null, actor: "a", occurredAt: 0, traceparent: null }
    }))

describe("a context in a SQLite file", () => {
  it("keeps what a process committed that was killed before it heard of it, for the next one", () => {
    const world = World.make(1)
    const network = Network.make(world)
    const host = DatabaseServer.make(world, network, () => {})
    const file = ContextFile.make(world, host, folder(), "jar", () => {})
    const happened: Array<string> = []
    const inProcess = (process: string, work: Effect.Effect<unknown, unknown, EventStore>) =>
      world.start(process, Effect.provide(work, file.ports))
    host.atCommit("jar-1", () => {
      happened.push(`killed with ${file.log().length} in the log`)
      world.kill("jar-1#1")
      file.ended("jar-1#1")
      inProcess(
        "jar-1#2",
        Effect.gen(function*() {
          happened.push(`the next finds ${file.log().length}`)
          happened.push(`repeated: ${(yield* pour("first")).repeated}`)
          happened.push(`refused: ${(yield* Effect.flip(pour("another")))._tag}`)
          happened.push(`repeated: ${(yield* pour("second", 1)).repeated}`)
        })
      )
    })
    inProcess("jar-1#1", Effect.map(pour("first"), () => happened.push("the dead one hears of it")))
    world.run(() => happened.length === 5, 60_000)
    file.ended("jar-1#2")
    assert.deepStrictEqual(happened, [
      "killed with 1 in the log",
      "the next finds 1",
      "repeated: true",
      "refused: VersionConflict",
      "repeated: false"
    ])
    assert.deepStrictEqual(file.log().map(({ commandId }) => commandId), ["first", "second"])
  })

  it("is refused while the disk is full, and takes the same command afterwards", () => {
    const world = World.make(1)
    const host = DatabaseServer.make(world, Network.make(world), () => {})
    const file = ContextFile.make(world, host, folder(), "jar", () => {})
    const happened: Array<string> = []
    world.start(
      "jar-1#1",
      Effect.gen(function*() {
        host.fill(true)
        const refused = yield* Effect.flip(pour("first"))
        happened.push(refused._tag === "EventStoreUnavailable" ? refused.reason : refused._tag)
        host.fill(false)
        happened.push(`repeated: ${(yield* pour("first")).repeated}`)
      }).pipe(Effect.provide(file.ports))
    )
    world.run(() => happened.length === 2, 60_000)
    file.ended("jar-1#1")
    assert.deepStrictEqual(happened, ["full", "repeated: false"])
  })
})

describe("a world over SQLite files", () => {
  it("keeps every promise, and is the same world again with the same seed", () => {
    const made = folder()
    const first = Simulation.run(5, { folder: made })
    assert.deepStrictEqual(first.violations, [])
    assert.isAbove(first.evidence.orders.length, 10)
    assert.isTrue(existsSync(join(made, "order.sqlite")))
    assert.strictEqual(Simulation.run(5, { folder: folder() }).hash, first.hash)
    assert.notStrictEqual(Simulation.run(5).hash, first.hash)
  })
})
