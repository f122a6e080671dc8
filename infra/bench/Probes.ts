/** Orders that are followed: the time from POST to the dashboard showing the delivery. */
import * as Stats from "@saucier/proof/Stats"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FiberSet from "effect/FiberSet"
import type { ParseError } from "effect/ParseResult"
import * as Schedule from "effect/Schedule"
import { because, type Failure } from "./Failure.ts"
import * as Target from "./Target.ts"

const perSecond = 10
const patience = "30 seconds"

const probe = (target: Target.Target) =>
  Effect.gen(function*() {
    const start = performance.now()
    const id = yield* Target.place(target)
    const answered = performance.now() - start
    // Seldom enough to cost little: the lag is known to a fifth.
    const look: Effect.Effect<number, Failure | ParseError> = Effect.flatMap(
      Target.shows(target, id),
      (shown) => {
        const lag = performance.now() - start
        return shown ? Effect.succeed(lag) : Effect.zipRight(Effect.sleep(Math.max(2, lag / 5)), look)
      }
    )
    const lag = yield* Effect.timeoutFail(look, {
      duration: patience,
      onTimeout: () => because(`The dashboard did not show a delivery within ${patience}`)
    })
    return { answered, lag }
  })

/** Sends them at their rate, whatever the server does, while `load` runs. */
export const during = <A, E, R>(target: Target.Target, load: Effect.Effect<A, E, R>) =>
  Effect.scoped(Effect.gen(function*() {
    const probes = yield* FiberSet.make<void>()
    const posts: Array<number> = []
    const lags: Array<number> = []
    const failures: Array<string> = []
    const one = Effect.match(probe(target), {
      onSuccess: ({ answered, lag }) => {
        posts.push(answered)
        lags.push(lag)
      },
      onFailure: (error) => {
        failures.push(error.message)
      }
    })
    const sending = yield* Effect.forkScoped(
      Effect.schedule(FiberSet.run(probes, one), Schedule.fixed(1000 / perSecond))
    )
    const result = yield* load
    const end = yield* Clock.currentTimeMillis
    yield* Fiber.interrupt(sending)
    yield* FiberSet.awaitEmpty(probes)
    return { result, end, post: Stats.of(posts), lag: Stats.of(lags), placed: posts.length, failures }
  }))
