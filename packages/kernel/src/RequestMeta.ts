/** The meta of commands that people give, made where their requests come in. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { CommandId, type CommandMeta } from "./CommandMeta.ts"

/** The conversation is the request's trace, so that the id a client was given leads to every event it caused. */
export const make = (commandId: string, actor: string): Effect.Effect<CommandMeta> =>
  Effect.gen(function*() {
    const at = yield* DateTime.now
    const correlationId = yield* Effect.currentSpan.pipe(
      Effect.map((span) => span.traceId),
      Effect.orElseSucceed(() => commandId)
    )
    return { commandId: CommandId.make(commandId), correlationId, causationId: null, actor, at }
  })

/** The actor's id for an Idempotency-Key. Keys may be secrets of their makers, so they are kept hashed. */
export const keyOf = (key: string): string => createHash("sha256").update(key).digest("hex").slice(0, 32)
