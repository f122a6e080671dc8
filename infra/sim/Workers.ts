/** Worker processes that run seeds, as many as there are processors: a world fills one processor alone. */
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import * as Schema from "effect/Schema"
import { type ChildProcess, fork } from "node:child_process"
import { because, type Failure } from "../bench/Failure.ts"
import { Answer, type Task } from "./Task.ts"

export interface Workers {
  readonly ask: (task: Task) => Effect.Effect<Answer, Failure>
}

/** A world makes much that is soon forgotten: with more room for it, less of the time goes into collecting it. */
const execArgv = ["--max-semi-space-size=64"]

const worker = (program: string) =>
  Effect.acquireRelease(
    Effect.sync(() => fork(program, [], { execArgv })),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )

const decode = Schema.decodeUnknown(Answer)

const told = (child: ChildProcess, task: Task) =>
  Effect.async<unknown, Failure>((resume) => {
    const answered = (message: unknown) => {
      child.off("exit", ended)
      resume(Effect.succeed(message))
    }
    const ended = (code: number | null, signal: string | null) => {
      child.off("message", answered)
      resume(Effect.fail(because(`a worker ended with ${code ?? signal} at seed ${task.seed}`)))
    }
    child.once("message", answered)
    child.once("exit", ended)
    child.send(task)
  })

/** `program` is a file that Node runs as it is. */
export const make = (size: number, program: string) =>
  Effect.gen(function*() {
    const idle = yield* Queue.unbounded<ChildProcess>()
    for (let index = 0; index < size; index++) yield* Queue.offer(idle, yield* worker(program))
    const ask = (task: Task) =>
      Effect.acquireUseRelease(
        Queue.take(idle),
        (child) =>
          Effect.flatMap(
            told(child, task),
            (message) => Effect.mapError(decode(message), (error) => because(`${error}`))
          ),
        (child) => Queue.offer(idle, child)
      )
    return { ask } satisfies Workers
  })
