import * as NodeSink from "@effect/platform-node/NodeSink"
import * as FileSystem from "@effect/platform/FileSystem"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { CommandFailed } from "./CommandFailed.ts"
import * as EventPages from "./EventPages.ts"
import * as Progress from "./Progress.ts"
import type { Server } from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

/** A file under another name until it is whole, so that a broken export cannot be mistaken for one. */
const toFile = (texts: Texts, file: string) => <R>(lines: Stream.Stream<Uint8Array, CommandFailed, R>) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const part = `${file}.part`
    yield* Stream.run(lines, fs.sink(part)).pipe(
      Effect.zipRight(fs.rename(part, file)),
      Effect.onError(() => Effect.ignore(fs.remove(part)))
    )
  }).pipe(
    Effect.mapError((error) =>
      error instanceof CommandFailed
        ? error
        : new CommandFailed({
          exitCode: ExitCode.failure,
          message: texts.events.unwritable(file, error.message)
        })
    )
  )

const toTerminal = <E, R>(lines: Stream.Stream<Uint8Array, E, R>) =>
  Stream.run(
    lines,
    NodeSink.fromWritable(() => process.stdout, (cause) =>
      new CommandFailed({
        exitCode: ExitCode.failure,
        message: String(cause)
      }), { endOnDone: false })
  )

export const exportAll = (
  texts: Texts,
  server: Server,
  contexts: ReadonlyArray<EventPages.Recording>,
  output: Option.Option<string>
) =>
  Effect.gen(function*() {
    // On one terminal a bar and the events would write over each other.
    const bar = Option.isSome(output) || !process.stdout.isTTY
      ? Option.some(yield* Progress.make(texts.events.progress, 0))
      : Option.none()
    let count = 0
    const counted = Effect.sync(() => {
      count += 1
      if (Option.isSome(bar)) bar.value.update(count)
    })
    const lines = Stream.fromIterable(contexts).pipe(
      Stream.flatMap((context) => EventPages.read(server, context)),
      Stream.tap(() => counted),
      Stream.map((event) => `${JSON.stringify(event)}\n`),
      Stream.encodeText
    )
    if (Option.isNone(output)) return yield* toTerminal(lines)
    yield* toFile(texts, output.value)(lines)
    return yield* Console.error(texts.events.written(count, output.value))
  }).pipe(Effect.scoped)
