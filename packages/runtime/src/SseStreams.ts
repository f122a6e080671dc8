import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { HttpProblem } from "./HttpProblem.ts"

/** The event streams that are open: a reader beyond the bound is told to come back. */
export class SseStreams extends Context.Tag("@saucier/runtime/SseStreams")<SseStreams, {
  readonly open: Effect.Effect<void, HttpProblem, Scope.Scope>
  readonly count: () => number
}>() {}

const tooMany = (max: number) =>
  new HttpProblem({
    status: 503,
    code: "too-many-streams",
    detail: `At most ${max} streams can be open at once`,
    headers: { "retry-after": "5" }
  })

export const layer = (max = 1_000): Layer.Layer<SseStreams> =>
  Layer.sync(SseStreams, () => {
    let count = 0
    return SseStreams.of({
      count: () => count,
      open: Effect.acquireRelease(
        Effect.suspend(() => {
          if (count >= max) return Effect.fail(tooMany(max))
          count++
          return Effect.void
        }),
        () => Effect.sync(() => count--)
      )
    })
  })
