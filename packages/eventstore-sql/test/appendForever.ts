/** Appends as fast as it can to the file that it is given, and names each acknowledged append on stdout, until killed. */
import { StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Effect from "effect/Effect"
import { writeSync } from "node:fs"

const [, , filename = "", run = ""] = process.argv
const meta = { correlationId: "c", causationId: null, actor: "test", occurredAt: 0, traceparent: null }
const event = { type: "Happened", schemaVersion: 1, data: { filler: "x".repeat(200) } }

/** A pipe whose reader is busy takes nothing for a while. */
const say = (line: string): void => {
  for (let taken = false; !taken;) {
    try {
      writeSync(1, line)
      taken = true
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error
    }
  }
}

const writer = (index: number) =>
  Effect.flatMap(EventStore, (store) =>
    Effect.iterate(0, {
      while: () => true,
      body: (version) =>
        Effect.map(
          store.append({
            streamId: StreamId.make(`${run}-${index}`),
            expected: Version.make(version),
            commandId: CommandId.make(`${version}`),
            events: [event, event, event],
            meta
          }),
          () => {
            say(`${run}-${index} ${version}\n`)
            return version + 3
          }
        )
    }))

const writers = Effect.forEach(Array.from({ length: 32 }, (_, index) => index), writer, {
  concurrency: "unbounded"
})

await Effect.runPromise(Effect.provide(writers, SqliteStore.layer({ filename, name: "child" })))
