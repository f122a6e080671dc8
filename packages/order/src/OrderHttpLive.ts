import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as EntityTag from "@saucier/kernel/EntityTag"
import type { Goods } from "@saucier/kernel/Goods"
import * as Ids from "@saucier/kernel/Ids"
import type { Money } from "@saucier/kernel/Money"
import * as Principal from "@saucier/kernel/Principal"
import * as RequestMeta from "@saucier/kernel/RequestMeta"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { OrderNotFound, type OrderState } from "./Order.ts"
import { OrderEntity, type OrderSnapshot } from "./OrderEntity.ts"
import {
  CancelledOrderView,
  OrderHttp,
  type OrderRequest,
  OrderView,
  PaymentDeclined,
  PaymentUnavailable
} from "./OrderHttp.ts"
import { OrderKeyEntity } from "./OrderKeyEntity.ts"

/** How long a caller waits for the payment's outcome before the answer is 202. */
const decideWithin = 4000

/** A slow entity answers well after its deadline, and an order on its way is not to be called unavailable. */
const placedWithin = Ask.within("order", decideWithin + 5000)

const answerWithin = Ask.within("order", "6 seconds")

const secondsUntilRetry = 5

const encodeView = Schema.encodeSync(OrderView)
const encodeCancelled = Schema.encodeSync(CancelledOrderView)

const view = ({ state, version }: OrderSnapshot): Effect.Effect<OrderView, OrderNotFound> =>
  state._tag === "Empty" ? Effect.fail(new OrderNotFound()) : Effect.succeed({
    id: state.orderId,
    ...flat(state),
    status: state.status,
    paymentId: state.paymentId,
    version,
    registeredAt: state.registeredAt
  })

const flat = ({ goods, price }: { readonly goods: Goods; readonly price: Money }) => ({
  branchId: goods.branchId,
  sauceId: goods.sauceId,
  qty: goods.quantity,
  price: price.amount
})

const ordered = ({ branchId, price, qty, sauceId }: OrderRequest) => ({
  goods: { branchId, sauceId, quantity: qty },
  price: { amount: price, currency: "KRW" } satisfies Money
})

const rejected = (state: OrderState) => {
  if (state._tag === "Empty" || state.rejection === null) return undefined
  const { orderId } = state
  return state.rejection === "payment-declined"
    ? new PaymentDeclined({ orderId })
    : new PaymentUnavailable({ orderId, retryAfter: secondsUntilRetry })
}

const placed = (snapshot: OrderSnapshot & { readonly replayed: boolean }) =>
  Effect.gen(function*() {
    if (snapshot.state._tag === "Order") {
      yield* Effect.annotateCurrentSpan("saucier.order.id", snapshot.state.orderId)
    }
    const rejection = rejected(snapshot.state)
    if (rejection !== undefined) return yield* rejection
    const order = yield* view(snapshot)
    const pending = order.status === "Registered" || order.status === "PaymentPending"
    return HttpServerResponse.unsafeJson(encodeView(order), {
      status: pending ? 202 : 201,
      headers: {
        location: `/orders/${order.id}`,
        etag: EntityTag.ofVersion(order.version),
        ...(snapshot.replayed ? { "idempotency-replayed": "true" } : {})
      }
    })
  })

const orderNamed = Ids.named(Ids.OrderId, () => new OrderNotFound())

export const OrderHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(OrderHttp),
  "orders",
  (handlers) =>
    Effect.gen(function*() {
      const orders = yield* OrderEntity.client
      const keys = yield* OrderKeyEntity.client
      /** Another branch's order is none. */
      const seen = (orderId: Ids.OrderId) =>
        Effect.gen(function*() {
          const order = yield* view(yield* answerWithin(orders(orderId).GetOrder()))
          if (Principal.sees(yield* Principal.CurrentPrincipal, order.branchId)) return order
          return yield* new OrderNotFound()
        })

      return handlers
        .handle("placeOrder", ({ headers, payload }) =>
          Effect.gen(function*() {
            const key = headers["idempotency-key"]
            const deadline = (yield* Clock.currentTimeMillis) + decideWithin
            const suffix = yield* TypeId.generate
            const { goods, price } = ordered(payload)
            const { branchId } = goods
            const principal = yield* Principal.CurrentPrincipal
            if (!Principal.sees(principal, branchId)) return yield* new Principal.NotYourBranch({ branchId })
            const actor = Principal.actorOf(principal, `branch:${branchId}`)
            const meta = yield* RequestMeta.make(`place:ord_${suffix}`, actor)
            if (key !== undefined) {
              const fingerprint = JSON.stringify(payload)
              const entity = keys(RequestMeta.keyOf(Principal.own(principal, key)))
              return yield* placed(
                yield* placedWithin(entity.PlaceOrder({ meta, goods, price, fingerprint, deadline }))
              )
            }
            const orderId = Ids.orderId(suffix)
            return yield* placed(
              yield* placedWithin(orders(orderId).PlaceOrder({ meta, orderId, goods, price, deadline }))
            )
          }))
        .handle("getOrder", ({ headers, path }) =>
          Effect.gen(function*() {
            const orderId = yield* orderNamed(path.orderId)
            yield* Effect.annotateCurrentSpan("saucier.order.id", orderId)
            const order = yield* seen(orderId)
            const etag = EntityTag.ofVersion(order.version)
            return EntityTag.isFresh(headers["if-none-match"], etag)
              ? HttpServerResponse.empty({ status: 304, headers: { etag } })
              : HttpServerResponse.unsafeJson(encodeView(order), { headers: { etag } })
          }))
        .handle("cancelOrder", ({ headers, path, payload }) =>
          Effect.gen(function*() {
            const orderId = yield* orderNamed(path.orderId)
            yield* Effect.annotateCurrentSpan("saucier.order.id", orderId)
            const principal = yield* Principal.CurrentPrincipal
            if (principal.branchId !== null) yield* seen(orderId)
            const actor = Principal.actorOf(principal, "branch")
            const meta = yield* RequestMeta.make(`cancel:${yield* TypeId.generate}`, actor)
            const expected = EntityTag.admitted(headers["if-match"])
            const cancelled = yield* answerWithin(
              orders(orderId).CancelOrder({ meta, reason: payload.reason, expected })
            )
            const order = yield* view(cancelled)
            const { refund } = cancelled
            return HttpServerResponse.unsafeJson(encodeCancelled({ ...order, refund }), {
              status: refund === "owed" || order.status !== "Cancelled" ? 202 : 200,
              headers: { etag: EntityTag.ofVersion(order.version) }
            })
          }))
    })
)
