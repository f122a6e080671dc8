import * as Rpc from "@effect/rpc/Rpc"
import * as Actor from "@saucier/eventsourcing/Actor"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { StreamId } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as Residents from "@saucier/eventsourcing/Residents"
import * as Effect from "effect/Effect"
import type { DeliveryCommand } from "./Delivery.ts"
import { deliveryCodec } from "./DeliveryCodec.ts"
import { deliveryDecider } from "./DeliveryDecider.ts"
import { DeliveryEntity } from "./DeliveryEntity.ts"

export const DeliveryEntityLive = Actor.layer(Effect.map(EventStore, (store) => {
  const build = Effect.gen(function*() {
    const { entityId } = yield* Residents.arrive
    const delivery = yield* Aggregate.awake(
      store,
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
  })
  return DeliveryEntity.toLayer(build, {
    maxIdleTime: "2 seconds",
    mailboxCapacity: 256,
    disableFatalDefects: true
  })
}))
