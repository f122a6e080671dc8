import { ProviderRefused } from "@saucier/payment/PaymentProvider"
import * as Effect from "effect/Effect"

export interface Options {
  /** How many are served at once. */
  readonly capacity: number
  /** How many may wait for their turn; who comes then is sent away. */
  readonly waiting: number
}

const full = new ProviderRefused({ detail: "too many wait at the bank" })

/** Where all have to queue: under load a bank grows slow, and at last it takes nobody in. */
export const make = ({ capacity, waiting }: Options) =>
  Effect.map(Effect.makeSemaphore(capacity), (semaphore) => {
    let present = 0
    return <A, E>(work: Effect.Effect<A, E>): Effect.Effect<A, E | ProviderRefused> =>
      Effect.suspend((): Effect.Effect<A, E | ProviderRefused> => {
        if (present >= capacity + waiting) return full
        present++
        return Effect.ensuring(semaphore.withPermits(1)(work), Effect.sync(() => present--))
      })
  })
