import * as Entity from "@effect/cluster/Entity"
import * as Rpc from "@effect/rpc/Rpc"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { StreamId } from "@saucier/eventsourcing/Event"
import * as Effect from "effect/Effect"
import type { DeliveryCommand } from "./Delivery.ts"
import { deliveryCodec } from "./DeliveryCodec.ts"
import { deliveryDecider } from "./DeliveryDecider.ts"
import { DeliveryEntity } from "./DeliveryEntity.ts"

export const DeliveryEntityLive = DeliveryEntity.toLayer(
  Effect.gen(function*() {
    const { entityId } = yield* Entity.CurrentAddress
    const delivery = yield* Aggregate.make(
      StreamId.make(`delivery-${entityId}`),
      deliveryDecider,
      deliveryCodec
    )
    const execute = (request: { readonly payload: DeliveryCommand }) => delivery.execute(request.payload)

    return DeliveryEntity.of({
      PrepareDelivery: execute,
      CancelDelivery: execute,
      AdvanceDelivery: execute,
      GetDelivery: () => Rpc.fork(delivery.current)
    })
  }),
  { maxIdleTime: "2 seconds", mailboxCapacity: 256, disableFatalDefects: true }
)
