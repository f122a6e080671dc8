/**
 * The payment provider behind deadline, budgeted retry, circuit breaker, bulkhead and attempt timeout. Only a refusal
 * is tried again, because it is certain that nothing happened: a silent provider is inquired of, later.
 */
import * as Traced from "@saucier/eventsourcing/Traced"
import * as CrashPoint from "@saucier/kernel/CrashPoint"
import type { CallNotPermitted } from "@saucier/resilience/CallNotPermitted"
import * as CircuitBreaker from "@saucier/resilience/CircuitBreaker"
import * as Resilience from "@saucier/resilience/Resilience"
import type { ResilienceConfig } from "@saucier/resilience/ResilienceConfig"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { PaymentProvider, type ProviderFailure, ProviderRefused, ProviderSilent } from "./PaymentProvider.ts"
import * as ProviderMetrics from "./ProviderMetrics.ts"

/** The breaker between this process and the provider: one for each runner, shared by all payments on it. */
export class ProviderBreaker
  extends Context.Tag("@saucier/payment/ProviderBreaker")<ProviderBreaker, CircuitBreaker.CircuitBreaker>()
{}

const notPermitted = ({ message }: CallNotPermitted) =>
  new ProviderRefused({ detail: message, by: "breaker" })

/** Whether the provider may be asked at this moment, where a breaker says so; it keeps no place for a call. */
export const permitted: Effect.Effect<Effect.Effect<void, ProviderRefused>> = Effect.map(
  Effect.serviceOption(ProviderBreaker),
  Option.match({
    onNone: () => Effect.void,
    onSome: (breaker) => Effect.mapError(breaker.permitted, notPermitted)
  })
)

const failureOf = (error: ProviderFailure | Resilience.ResilienceError): ProviderFailure => {
  switch (error._tag) {
    case "ProviderRefused":
    case "ProviderSilent":
      return error
    case "CallNotPermitted":
      return notPermitted(error)
    case "BulkheadFull":
      return new ProviderRefused({ detail: error.message, by: "bulkhead" })
    case "AttemptTimeout":
    case "DeadlineExceeded":
      return new ProviderSilent({ detail: error.message })
  }
}

/** What an operator reads when the breaker changes its mind. */
const report = (breaker: CircuitBreaker.CircuitBreaker) =>
  Stream.runForEach(breaker.events, (event) =>
    event._tag === "StateTransition"
      ? Effect.logWarning(`Circuit breaker: ${event.from} → ${event.to}`).pipe(
        Effect.annotateLogs({
          breaker: breaker.name,
          reason: event.reason,
          calls: event.calls,
          failureRate: event.failureRate,
          slowRate: event.slowRate
        })
      )
      : Effect.void)

const isRefusal = (error: unknown) => error instanceof ProviderRefused

/** Takes the bare provider and gives the protected one. */
export const layer = (
  config: ResilienceConfig
): Layer.Layer<PaymentProvider | ProviderBreaker, never, PaymentProvider> =>
  Layer.scopedContext(Effect.gen(function*() {
    const provider = yield* PaymentProvider
    const around = yield* CrashPoint.around
    const { breaker, protect } = yield* Resilience.make({
      name: "payment-provider",
      config,
      retryable: isRefusal
    })
    yield* Effect.forkScoped(report(breaker))
    const call = (operation: string) => {
      const measured = ProviderMetrics.make(operation)
      const exchanged = around(() => [`provider ${operation}`])
      const traced = Traced.step(
        `PaymentProvider.${operation}`,
        "internal",
        () => ({ "peer.service": "payment-provider" })
      )
      return <A>(bare: Effect.Effect<A, ProviderFailure>) =>
        traced(Effect.mapError(protect(measured(exchanged(bare))), failureOf))
    }
    const charge = call("charge")
    const inquire = call("inquire")
    const release = call("void")
    const refund = call("refund")
    return Context.make(ProviderBreaker, breaker).pipe(
      Context.add(
        PaymentProvider,
        PaymentProvider.of({
          charge: (asked) => charge(provider.charge(asked)),
          inquire: (key) => inquire(provider.inquire(key)),
          void: (key) => release(provider.void(key)),
          refund: (key) => refund(provider.refund(key))
        })
      )
    )
  }))
