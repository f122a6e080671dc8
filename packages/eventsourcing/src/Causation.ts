import { CommandId, type CommandMeta } from "@saucier/kernel/CommandMeta"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { RecordedEvent } from "./Event.ts"

/**
 * The meta of the command that a policy derives from an event. The command id is made of the policy and the event, so
 * that an event handled twice is one command.
 */
export const causedBy = (recorded: RecordedEvent, policy: string): Effect.Effect<CommandMeta> =>
  Effect.map(DateTime.now, (at) => ({
    commandId: CommandId.make(`${policy}:${recorded.eventId}`),
    correlationId: recorded.correlationId,
    causationId: recorded.eventId,
    actor: `policy:${policy}`,
    at
  }))
