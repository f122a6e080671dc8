/** Records calls as they are made. A call that its caller gives up is unknown, like one that breaks off. */
import * as Monotonic from "@saucier/eventsourcing/Monotonic"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Call, Operation, Outcome, Seen } from "./History.ts"

export interface HistoryRecorder {
  /** `judge` tells which failures are a certain no, by the code they have; all others leave it open. */
  readonly record: <E, R>(
    client: string,
    call: Call,
    ask: Effect.Effect<Seen, E, R>,
    judge: (error: E) => string | undefined
  ) => Effect.Effect<Outcome, never, R>
  readonly operations: () => ReadonlyArray<Operation>
}

export const make = (): HistoryRecorder => {
  const operations: Array<Operation> = []
  let moments = 0
  return {
    operations: () => operations,
    record: (client, call, ask, judge) =>
      Effect.gen(function*() {
        const at = yield* Monotonic.millis
        const invoked = moments++
        const note = (outcome: Outcome) =>
          Effect.map(Monotonic.millis, (now) => {
            operations.push({ client, call, outcome, invoked, completed: moments++, at, took: now - at })
            return outcome
          })
        const outcomeOf = Exit.match({
          onSuccess: (seen: Seen): Outcome => ({ _tag: "Ok", seen }),
          onFailure: (cause: Cause.Cause<Effect.Effect.Error<typeof ask>>): Outcome => {
            const failure = Cause.failureOrCause(cause)
            const code = failure._tag === "Left" ? judge(failure.left) : undefined
            return code === undefined
              ? { _tag: "Unknown", detail: Cause.pretty(cause).slice(0, 200) }
              : { _tag: "Failed", code }
          }
        })
        return yield* Effect.exit(ask).pipe(
          Effect.map(outcomeOf),
          Effect.onInterrupt(() => note({ _tag: "Unknown", detail: "given up" })),
          Effect.flatMap(note)
        )
      })
  }
}
