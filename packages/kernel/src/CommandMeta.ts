import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** Names one request to change, so that its repeat is recognised: client-made, or derived from the event that caused it. */
export const CommandId = Schema.NonEmptyString.pipe(Schema.maxLength(250), Schema.brand("CommandId"))
export type CommandId = typeof CommandId.Type

/**
 * What every command carries besides its own fields.
 *
 * - `correlationId`: the conversation, one per request of the outside world
 * - `causationId`: the event that led to the command, or null when a person did
 * - `actor`: who asked, e.g. `branch:1`, `policy:delivery.prepare`
 * - `at`: when it was decided to ask, epoch milliseconds when stored
 */
export const CommandMeta = Schema.Struct({
  commandId: CommandId,
  correlationId: Schema.NonEmptyString.pipe(Schema.maxLength(200)),
  causationId: Schema.NullOr(Schema.String.pipe(Schema.maxLength(300))),
  actor: Schema.NonEmptyString.pipe(Schema.maxLength(200)),
  at: Schema.DateTimeUtcFromNumber
})
export type CommandMeta = typeof CommandMeta.Type

/** The meta of a command that an aggregate gives itself or another while it serves `meta`: `step` tells them apart. */
export const follow = (meta: CommandMeta, step: string): Effect.Effect<CommandMeta> =>
  Effect.map(DateTime.now, (at) => ({ ...meta, commandId: CommandId.make(`${meta.commandId}:${step}`), at }))
