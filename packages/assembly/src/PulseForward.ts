/** Tells the board each second what this gateway has counted. */
import * as Runner from "@saucier/eventsourcing/Runner"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Layer from "effect/Layer"
import { boardId, PulseBoardEntity } from "./PulseBoardEntity.ts"
import { PulseMeter } from "./PulseMeter.ts"

const forward = Effect.gen(function*() {
  const meter = yield* PulseMeter
  const board = (yield* PulseBoardEntity.client)(boardId)
  const gateway = (yield* FiberRef.get(Runner.current)) ?? (yield* TypeId.generate)
  let after = 0
  const tell = Effect.gen(function*() {
    const seconds = yield* meter.since(after)
    if (seconds.length > 0) after = yield* board.Record({ gateway, after, seconds })
  }).pipe(Effect.timeout("2 seconds"), Effect.ignore)
  yield* Effect.forkScoped(Effect.forever(Effect.delay(tell, "1 second")))
}).pipe(Effect.withTracerEnabled(false))

export const layer = Layer.scopedDiscard(forward)
