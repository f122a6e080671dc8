import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Probes } from "./Probes.ts"
import { boardId, PulseBoardEntity } from "./PulseBoardEntity.ts"
import { PulseHttp } from "./PulseHttp.ts"
import * as PulseLatencies from "./PulseLatencies.ts"
import { PulseMeter } from "./PulseMeter.ts"
import type { PulseSecond } from "./PulseSecond.ts"

const shown = ({ latencies, ...counts }: PulseSecond) => ({
  ...counts,
  p50: PulseLatencies.quantile(latencies, 0.5),
  p99: PulseLatencies.quantile(latencies, 0.99)
})

export const PulseHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(PulseHttp),
  "pulse",
  (handlers) =>
    Effect.gen(function*() {
      const board = (yield* PulseBoardEntity.client)(boardId)
      const meter = yield* PulseMeter
      const { payers } = yield* Probes
      // Without the board, what this gateway knows is better than nothing.
      const seconds = (after: number) =>
        board.Read({ after }).pipe(
          Ask.within("dashboard", "1 second"),
          Effect.catchAll(() => meter.since(after))
        )
      const breakers = Effect.map(
        Effect.orElseSucceed(payers, () => []),
        (all) =>
          all.flatMap(({ facts }) =>
            Option.match(facts, {
              onNone: () => [],
              onSome: ({ breaker, process }) => breaker === null ? [] : [{ process, ...breaker }]
            })
          )
      )
      return handlers.handle("pulse", ({ urlParams: { after } }) =>
        Effect.map(
          Effect.all({ seconds: seconds(after), breakers, at: Clock.currentTimeMillis }, {
            concurrency: "unbounded"
          }),
          ({ at, breakers, seconds }) => ({ at, breakers, seconds: seconds.map(shown) })
        ))
    })
)
