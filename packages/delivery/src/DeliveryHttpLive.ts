import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Ids from "@saucier/kernel/Ids"
import * as RequestMeta from "@saucier/kernel/RequestMeta"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Effect from "effect/Effect"
import { DeliveryNotFound } from "./Delivery.ts"
import { boardId, DeliveryBoardEntity } from "./DeliveryBoardEntity.ts"
import { DeliveryEntity, type DeliverySnapshot } from "./DeliveryEntity.ts"
import { DeliveryHttp } from "./DeliveryHttp.ts"
import { ofDelivery } from "./DeliveryRow.ts"

const answerWithin = Ask.within("delivery", "5 seconds")

const view = ({ state, version }: DeliverySnapshot) =>
  state._tag === "Delivery" ? Effect.succeed(ofDelivery(state, version)) : new DeliveryNotFound()

const deliveryNamed = Ids.named(Ids.DeliveryId, () => new DeliveryNotFound())

export const DeliveryHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(DeliveryHttp),
  "deliveries",
  (handlers) =>
    Effect.gen(function*() {
      const deliveries = yield* DeliveryEntity.client
      const board = (yield* DeliveryBoardEntity.client)(boardId)

      return handlers
        .handle("getDelivery", ({ path }) =>
          Effect.flatMap(deliveryNamed(path.deliveryId), (id) =>
            Effect.flatMap(answerWithin(deliveries(id).GetDelivery()), view)))
        .handle("listDeliveries", ({ urlParams }) =>
          answerWithin(board.List(urlParams)))
        .handle("advanceDelivery", ({ path, payload }) =>
          Effect.gen(function*() {
            const meta = yield* RequestMeta.make(`advance:${yield* TypeId.generate}`, "dispatcher")
            const delivery = deliveries(yield* deliveryNamed(path.deliveryId))
            return yield* view(yield* answerWithin(delivery.AdvanceDelivery({ meta, step: payload.status })))
          }))
    })
)
