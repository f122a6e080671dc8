import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Ids from "@saucier/kernel/Ids"
import * as Principal from "@saucier/kernel/Principal"
import * as RequestMeta from "@saucier/kernel/RequestMeta"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Effect from "effect/Effect"
import { DeliveryNotFound } from "./Delivery.ts"
import { boardId, DeliveryBoardEntity } from "./DeliveryBoardEntity.ts"
import { DeliveryEntity, type DeliverySnapshot } from "./DeliveryEntity.ts"
import { DeliveryHttp } from "./DeliveryHttp.ts"
import { ofDelivery } from "./DeliveryRow.ts"

const answerWithin = Ask.within("delivery", "5 seconds")

/** Another branch's delivery is none. */
const view = ({ state, version }: DeliverySnapshot) =>
  Effect.flatMap(
    Principal.CurrentPrincipal,
    (principal) =>
      state._tag === "Delivery" && Principal.sees(principal, state.goods.branchId)
        ? Effect.succeed(ofDelivery(state, version))
        : new DeliveryNotFound()
  )

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
          Effect.flatMap(Principal.CurrentPrincipal, ({ branchId }) =>
            answerWithin(board.List(branchId === null ? urlParams : { ...urlParams, branchId }))))
        .handle("advanceDelivery", ({ path, payload }) =>
          Effect.gen(function*() {
            const actor = Principal.actorOf(yield* Principal.CurrentPrincipal, "dispatcher")
            const meta = yield* RequestMeta.make(`advance:${yield* TypeId.generate}`, actor)
            const delivery = deliveries(yield* deliveryNamed(path.deliveryId))
            return yield* view(yield* answerWithin(delivery.AdvanceDelivery({ meta, step: payload.status })))
          }))
    })
)
