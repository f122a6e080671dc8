/** One run of one process: from its start to its end. */
import * as Command from "@effect/platform/Command"
import type * as CommandExecutor from "@effect/platform/CommandExecutor"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import * as Signal from "./Signal.ts"
import { SupervisorLogs } from "./SupervisorLogs.ts"
import { SupervisorRecords } from "./SupervisorRecords.ts"

export interface End {
  readonly code: number | null
  readonly how: string
}

export interface Child {
  readonly pid: number
  /** Once it has ended and all it printed is written. */
  readonly ended: Effect.Effect<End>
  readonly signal: (signal: NodeJS.Signals) => Effect.Effect<boolean>
}

const endOf = (process: CommandExecutor.Process) =>
  Effect.match(process.exitCode, {
    onSuccess: (code): End => ({ code, how: `exit code ${code}` }),
    onFailure: ({ message }): End => ({ code: null, how: /SIG[A-Z0-9]+/.exec(message)?.[0] ?? message })
  })

export const start = (name: string, command: Command.Command) =>
  Effect.gen(function*() {
    const logs = yield* SupervisorLogs
    const records = yield* SupervisorRecords
    // Its standard input is a pipe that is never closed: it ends when we do, however that happens.
    const process = yield* Command.start(command)
    yield* Effect.addFinalizer(() => records.remove(process.pid))
    yield* records.add(name, process.pid)
    const gone = yield* Deferred.make<End>()
    const printed = yield* Stream.merge(process.stdout, process.stderr).pipe(
      Stream.runForEach((chunk) => logs.write(name, chunk)),
      Effect.ignore,
      Effect.forkScoped
    )
    yield* Effect.forkScoped(Effect.intoDeferred(endOf(process), gone))
    const child: Child = {
      pid: process.pid,
      ended: Effect.zipLeft(
        Deferred.await(gone),
        // Somebody else may hold its output open.
        Effect.timeoutOption(Fiber.await(printed), "1 second")
      ),
      signal: (signal) =>
        Effect.flatMap(Deferred.isDone(gone), (done) =>
          done ? Effect.succeed(false) : Effect.sync(() => Signal.send(process.pid, signal)))
    }
    return child
  })
