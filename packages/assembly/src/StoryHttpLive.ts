import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Ask from "@saucier/eventsourcing/Ask"
import { type RecordedEvent, StreamId } from "@saucier/eventsourcing/Event"
import * as OperatorEntity from "@saucier/eventsourcing/OperatorEntity"
import * as Ids from "@saucier/kernel/Ids"
import * as Principal from "@saucier/kernel/Principal"
import { OrderNotFound } from "@saucier/order/Order"
import { OrderEntity } from "@saucier/order/OrderEntity"
import * as Language from "@saucier/runtime/Language"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Story from "./Story.ts"
import { StoryHttp } from "./StoryHttp.ts"

const orderNamed = Ids.named(Ids.OrderId, () => new OrderNotFound())

const streamOf: Record<Story.Teller, (orderId: Ids.OrderId) => string> = {
  order: (orderId) => `order-${orderId}`,
  payment: (orderId) => `payment-${Ids.paymentIdOf(orderId)}`,
  delivery: (orderId) => `delivery-${Ids.deliveryIdOf(orderId)}`
}

/** A context that is away for longer is left out: the others' part of the story is what an operator needs then. */
const patience = "3 seconds"

export const StoryHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(StoryHttp),
  "story",
  (handlers) =>
    Effect.gen(function*() {
      const orders = yield* OrderEntity.client
      const operators = yield* Effect.all({
        order: OperatorEntity.make("order").client,
        payment: OperatorEntity.make("payment").client,
        delivery: OperatorEntity.make("delivery").client
      })
      const logOf = (orderId: Ids.OrderId) => (context: Story.Teller) =>
        operators[context](OperatorEntity.operatorId)
          .History({ streamId: StreamId.make(streamOf[context](orderId)) })
          .pipe(
            Ask.within(context, patience),
            Effect.map((events): readonly [Story.Teller, ReadonlyArray<RecordedEvent>] => [context, events]),
            Effect.option
          )

      return handlers.handle("story", ({ path }) =>
        Effect.gen(function*() {
          const orderId = yield* orderNamed(path.orderId)
          yield* Effect.annotateCurrentSpan("saucier.order.id", orderId)
          const principal = yield* Principal.CurrentPrincipal
          if (principal.branchId !== null) {
            const { state } = yield* Ask.within("order", patience)(orders(orderId).GetOrder()).pipe(
              Effect.catchTag("OrderConflict", Effect.die)
            )
            if (state._tag === "Empty" || !Principal.sees(principal, state.goods.branchId)) {
              return yield* new OrderNotFound()
            }
          }
          const request = yield* HttpServerRequest.HttpServerRequest
          const found = yield* Effect.forEach(Story.tellers, logOf(orderId), { concurrency: "unbounded" })
          const logs = new Map(found.flatMap(Option.toArray))
          const story = Story.tell(orderId, logs, Language.negotiate(request.headers["accept-language"]))
          if (story.steps.length > 0) return story
          return yield* logs.has("order")
            ? new OrderNotFound()
            : new Ask.ServiceUnavailable({ service: "order", detail: "no answer in time", retryAfter: 2 })
        }))
    })
)
