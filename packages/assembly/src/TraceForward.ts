/** Hands what this process has recorded to where all of it comes together. What nobody takes in time is lost. */
import { TraceBuffer } from "@saucier/runtime/TraceBuffer"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { boardId, TraceBoardEntity } from "./TraceBoardEntity.ts"

const interval = "500 millis"

const forward = Effect.gen(function*() {
  const buffer = yield* Effect.serviceOption(TraceBuffer)
  if (Option.isNone(buffer)) return
  const board = (yield* TraceBoardEntity.client)(boardId)
  const hand = Effect.suspend(() => {
    const recorded = buffer.value.take()
    return recorded.spans.length === 0 && recorded.logs.length === 0
      ? Effect.void
      : Effect.ignore(Effect.timeout(board.Record(recorded), "2 seconds"))
  })
  yield* Effect.forkScoped(Effect.forever(Effect.delay(hand, interval)))
}).pipe(Effect.withTracerEnabled(false))

/** Nothing, in a process that records no traces. */
export const layer = Layer.scopedDiscard(forward)
