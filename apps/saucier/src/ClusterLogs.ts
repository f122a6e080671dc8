/** What the processes of a cluster have printed, and go on to print. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Console from "effect/Console"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { join } from "node:path"
import * as Colours from "./Colours.ts"
import * as SupervisorLogs from "./SupervisorLogs.ts"

export class NoLogs extends Data.TaggedError("NoLogs") {}

/** Each line with the name of the process that printed it. */
export const lines = (name: string, text: string) =>
  text.trimEnd().split("\n").map((line) => `${Colours.dim(`${name} |`)} ${line}`).join("\n")

/** All of them, or those of one service; follows them until interrupted. */
export const print = (dataDir: string, service: string | undefined, follow: boolean) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const folder = SupervisorLogs.folderOf(dataDir)
    const read = new Map<string, number>()
    const files = Effect.map(
      fs.readDirectory(folder),
      (names) =>
        names.filter((name) =>
          name.endsWith(".log") && (service === undefined || name.replace(/-\d+\.log$/, "") === service)
        ).sort()
    )

    const more = (name: string) =>
      Effect.gen(function*() {
        const file = join(folder, name)
        const size = Number((yield* fs.stat(file)).size)
        const before = read.get(name) ?? 0
        if (size === before) return
        // A file that is shorter than before has been begun anew.
        const offset = size < before ? 0 : before
        const fresh = yield* fs.stream(file, { offset, bytesToRead: size - offset }).pipe(
          Stream.decodeText(),
          Stream.mkString
        )
        read.set(name, size)
        if (fresh !== "") yield* Console.log(lines(name.replace(/\.log$/, ""), fresh))
      })

    const look = Effect.flatMap(
      files,
      (names) => Effect.as(Effect.forEach(names, more, { discard: true }), names.length)
    )
    if ((yield* look) === 0 && !follow) return yield* new NoLogs()
    if (follow) yield* Effect.forever(Effect.zipRight(Effect.sleep("300 millis"), look))
  }).pipe(Effect.mapError(() => new NoLogs()))
