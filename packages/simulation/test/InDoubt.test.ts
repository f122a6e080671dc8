import { assert, describe, it } from "@effect/vitest"
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as ContextServer from "@saucier/simulation/ContextServer"
import * as ContextStore from "@saucier/simulation/ContextStore"
import * as DatabaseServer from "@saucier/simulation/DatabaseServer"
import * as Network from "@saucier/simulation/Network"
import * as World from "@saucier/simulation/World"
import * as Effect from "effect/Effect"

const append = Effect.flatMap(EventStore, (store) =>
  store.append({
    streamId: StreamId.make("jar-1"),
    expected: Version.make(0),
    commandId: CommandId.make("pour"),
    events: [{ type: "Poured", schemaVersion: 1, data: {} }],
    meta: { correlationId: "c", causationId: null, actor: "a", occurredAt: 0, traceparent: null }
  }))

describe("a strike in doubt", () => {
  it("comes once, between a commit of that host and hearing of it", () => {
    const world = World.make(1)
    const network = Network.make(world)
    const host = DatabaseServer.make(world, network, () => {})
    const server = ContextServer.make(world, network, host, "jar", () => {})
    const happened: Array<string> = []
    host.atCommit("jar-2", () => happened.push("another is struck"))
    host.atCommit("jar-1", () => happened.push("a beginning of something else is struck"), "bottle")
    host.atCommit("jar-1", () => happened.push("a beginning is struck"), "jar")
    host.atCommit("jar-1", () => {
      happened.push(`struck with ${server.tables().log.length} on the disk`)
      world.pause("jar-1#1")
      world.after(10_000, () => world.wake("jar-1#1"))
    })
    world.start(
      "jar-1#1",
      append.pipe(
        Effect.map(({ repeated }) =>
          happened.push(`heard of it, repeated ${repeated}, after ${world.elapsed() >= 10_000}`)
        ),
        Effect.zipRight(append),
        Effect.map(({ repeated }) => happened.push(`heard of it, repeated ${repeated}`)),
        Effect.provide(ContextStore.layer(server))
      )
    )
    world.run(() => happened.length === 4, 60_000)
    assert.deepStrictEqual(happened, [
      "a beginning is struck",
      "struck with 1 on the disk",
      "heard of it, repeated false, after true",
      "heard of it, repeated true"
    ])
  })
})
