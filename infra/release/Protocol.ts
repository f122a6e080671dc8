/**
 * All that one process writes and another reads: each message between actors with its answers, and each stored event, as
 * JSON Schema. `protocol/<version>.json` has what a release said; none of them is ever changed.
 */
import type * as Entity from "@effect/cluster/Entity"
import { EntityId } from "@effect/cluster/EntityId"
import type * as Rpc from "@effect/rpc/Rpc"
import * as ProbeEntity from "@saucier/assembly/ProbeEntity"
import { PulseBoardEntity } from "@saucier/assembly/PulseBoardEntity"
import { ReconciliationEntity } from "@saucier/assembly/ReconciliationEntity"
import { TraceBoardEntity } from "@saucier/assembly/TraceBoardEntity"
import { DashboardEntity } from "@saucier/dashboard/DashboardEntity"
import { DeliveryEvent } from "@saucier/delivery/Delivery"
import { DeliveryBoardEntity } from "@saucier/delivery/DeliveryBoardEntity"
import { DeliveryEntity } from "@saucier/delivery/DeliveryEntity"
import * as OperatorEntity from "@saucier/eventsourcing/OperatorEntity"
import { OrderEvent } from "@saucier/order/Order"
import { OrderEntity } from "@saucier/order/OrderEntity"
import { OrderKeyEvent } from "@saucier/order/OrderKey"
import { OrderKeyEntity } from "@saucier/order/OrderKeyEntity"
import { PaymentEvent } from "@saucier/payment/Payment"
import { PaymentBoardEntity } from "@saucier/payment/PaymentBoardEntity"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import * as JSONSchema from "effect/JSONSchema"
import * as Schema from "effect/Schema"

const Json = Schema.Record({ key: Schema.String, value: Schema.Unknown })

/** Messages by actor and name, events by their type. */
export const Protocol = Schema.Struct({
  messages: Schema.Record({
    key: Schema.String,
    value: Schema.Struct({ shardGroup: Schema.String, payload: Json, success: Json, error: Json })
  }),
  events: Schema.Record({ key: Schema.String, value: Json })
})
export type Protocol = typeof Protocol.Type

const forPeople = new Set(["$schema", "title", "description", "examples"])

/** Without what is for people, who read the code. A field may be called as those are, but is never a text. */
const told = (schema: Schema.Schema.All): Record<string, unknown> =>
  JSON.parse(JSON.stringify(
    JSONSchema.make(Schema.make(schema.ast)),
    (key, value) => forPeople.has(key) && typeof value !== "object" ? undefined : value
  ))

const typeOf = Schema.decodeUnknownSync(Schema.Struct({
  properties: Schema.Struct({ _tag: Schema.Struct({ enum: Schema.Tuple(Schema.String) }) })
}))

const messagesOf = <Type extends string, Rpcs extends Rpc.Any & Rpc.AnyWithProps>(
  entity: Entity.Entity<Type, Rpcs>
) =>
  Array.from(entity.protocol.requests.values(), (rpc) =>
    [`${entity.type}.${rpc._tag}`, {
      shardGroup: entity.getShardGroup(EntityId.make("any")),
      payload: told(rpc.payloadSchema),
      success: told(rpc.successSchema),
      error: told(rpc.errorSchema)
    }] as const)

export const protocol: Protocol = {
  messages: Object.fromEntries([
    messagesOf(OrderEntity),
    messagesOf(OrderKeyEntity),
    messagesOf(PaymentEntity),
    messagesOf(PaymentBoardEntity),
    messagesOf(DeliveryEntity),
    messagesOf(DeliveryBoardEntity),
    messagesOf(DashboardEntity),
    messagesOf(PulseBoardEntity),
    messagesOf(TraceBoardEntity),
    messagesOf(ReconciliationEntity),
    // Alike in every context.
    messagesOf(OperatorEntity.make("order")),
    messagesOf(ProbeEntity.make("order"))
  ].flat()),
  events: Object.fromEntries(
    [OrderEvent, OrderKeyEvent, PaymentEvent, DeliveryEvent].flatMap(({ members }) =>
      members.map((member) => {
        const json = told(member)
        return [typeOf(json).properties._tag.enum[0], json] as const
      })
    )
  )
}

/** One line for each part. */
export const printed = ({ events, messages }: Protocol): string => {
  const lines = (parts: Readonly<Record<string, unknown>>) =>
    Object.entries(parts).map(([name, part]) => `    ${JSON.stringify(name)}: ${JSON.stringify(part)}`).join(
      ",\n"
    )
  return `{\n  "messages": {\n${lines(messages)}\n  },\n  "events": {\n${lines(events)}\n  }\n}\n`
}
