/** What the processes of a simulated Saucier run: the real entities, deciders, policies and reminders over simulated ports. */
import { DeliveryEntityLive } from "@saucier/delivery/DeliveryEntityLive"
import { DeliveryFeed } from "@saucier/delivery/DeliveryFeed"
import { DeliveryPoliciesLive } from "@saucier/delivery/DeliveryPolicies"
import * as Runner from "@saucier/eventsourcing/Runner"
import { OrderEntityLive } from "@saucier/order/OrderEntityLive"
import { OrderFeed } from "@saucier/order/OrderFeed"
import { OrderKeyEntityLive } from "@saucier/order/OrderKeyEntityLive"
import { OrderPoliciesLive } from "@saucier/order/OrderPolicies"
import { PaymentEntityLive } from "@saucier/payment/PaymentEntityLive"
import { PaymentFeed } from "@saucier/payment/PaymentFeed"
import { PaymentPoliciesLive } from "@saucier/payment/PaymentPolicies"
import { PaymentProvider } from "@saucier/payment/PaymentProvider"
import * as ProtectedProvider from "@saucier/payment/ProtectedProvider"
import { BulkheadConfig } from "@saucier/resilience/BulkheadConfig"
import { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import { ResilienceConfig } from "@saucier/resilience/ResilienceConfig"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as Board from "./Board.ts"
import type * as Books from "./Books.ts"
import * as ClusterNode from "./ClusterNode.ts"
import type { Trials } from "./Trials.ts"

export const groups = ["order", "payment", "delivery", "dashboard"] as const
export type Group = (typeof groups)[number]

export interface Ports {
  readonly settings: Settings
  readonly trials: Trials
  readonly provider: PaymentProvider["Type"]
  readonly stores: Readonly<Record<Group, Layer.Layer<Books.Ports>>>
}

/** Of the breaker: its rates count from so many calls on, and so many trials decide whether it closes. */
export interface Settings {
  readonly calls: number
  readonly trials: number
}

/** As Saucier sets them by default, but for what a world draws. */
const resilienceOf = ({ calls, trials }: Settings) =>
  new ResilienceConfig({
    attemptTimeout: Duration.seconds(3),
    deadline: Duration.seconds(6),
    bulkhead: new BulkheadConfig({ maxConcurrent: 64, maxWaiting: 256, maxWait: Duration.seconds(1) }),
    breaker: new CircuitBreakerConfig({
      window: { type: "time", size: Duration.seconds(10), buckets: 10 },
      minimumNumberOfCalls: calls,
      failureRateThreshold: 0.5,
      slowCallDurationThreshold: Duration.millis(680),
      slowCallRateThreshold: 0.5,
      waitDurationInOpenState: Duration.seconds(5),
      openBackoff: { factor: 2, max: Duration.seconds(30), jitter: 0.2 },
      permittedNumberOfCallsInHalfOpenState: trials
    })
  })

export const storesOf = ({ dashboard, delivery, order, payment }: Readonly<Record<Group, Books.Books>>) => ({
  order: order.ports,
  payment: payment.ports,
  delivery: delivery.ports,
  dashboard: dashboard.ports
})

export const runner = (
  options: ClusterNode.Options,
  hosted: ReadonlyArray<Group>,
  ports: Ports
) => {
  const { provider, settings, stores, trials } = ports
  const heard = Layer.scopedDiscard(
    Effect.flatMap(ProtectedProvider.ProviderBreaker, ({ events }) =>
      Effect.forkScoped(
        Stream.runForEach(events, (event) => Effect.sync(() => trials.hear(options.process, event)))
      ))
  )
  const guarded = heard.pipe(
    Layer.provideMerge(ProtectedProvider.layer(resilienceOf(settings))),
    Layer.provide(Layer.succeed(PaymentProvider, provider))
  )
  const contexts = {
    order: Layer.mergeAll(OrderEntityLive, OrderKeyEntityLive, OrderPoliciesLive).pipe(
      Layer.provide(stores.order)
    ),
    payment: Layer.mergeAll(PaymentEntityLive, PaymentPoliciesLive).pipe(
      Layer.provide([stores.payment, guarded])
    ),
    delivery: Layer.mergeAll(DeliveryEntityLive, DeliveryPoliciesLive).pipe(Layer.provide(stores.delivery)),
    dashboard: Board.live.pipe(Layer.provide(stores.dashboard))
  }
  const feeds = Layer.mergeAll(
    OrderFeed.layer.pipe(Layer.provide(stores.order)),
    PaymentFeed.layer.pipe(Layer.provide(stores.payment)),
    DeliveryFeed.layer.pipe(Layer.provide(stores.delivery))
  )
  const all = hosted.map((group) => contexts[group])
  return Layer.mergeAll(Layer.empty, ...all).pipe(
    Layer.provide(feeds),
    Layer.provide(ClusterNode.runner(options, hosted)),
    Layer.provide(Runner.layer(options.process))
  )
}
