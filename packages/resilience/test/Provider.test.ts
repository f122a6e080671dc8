import { assert, describe } from "@effect/vitest"
import { presets } from "@saucier/resilience/Presets"
import * as Duration from "effect/Duration"
import * as FastCheck from "effect/FastCheck"
import * as Arbitraries from "./Arbitraries.ts"
import { Machine } from "./Machine.ts"
import { property } from "./Property.ts"
import * as World from "./World.ts"

const { constantFrom, integer, record } = FastCheck

/** What an open-model provider answers: calls come at random, `perSecond` on average, and each takes its own time. */
const traffic = (machine: Machine, seed: number, perSecond: number, latency: readonly [number, number]) => {
  const random = World.mulberry32(seed)
  const underWay: Array<
    { readonly end: number; readonly permit: { generation: number; startedAt: number } }
  > = []
  let next = machine.now
  const finishUntil = (time: number) => {
    for (let first = underWay[0]; first !== undefined && first.end <= time; first = underWay[0]) {
      underWay.shift()
      machine.advance(Math.max(0, first.end - machine.now))
      machine.complete(first.permit, "success")
    }
  }
  return (until: number) => {
    while (next <= until) {
      finishUntil(next)
      machine.advance(Math.max(0, next - machine.now))
      const permit = machine.acquire()
      if (permit !== undefined) {
        const end = machine.now + latency[0] + random() * (latency[1] - latency[0])
        const place = underWay.findLastIndex((other) => other.end <= end)
        underWay.splice(place + 1, 0, { end, permit })
      }
      next += (-Math.log(1 - random()) * 1000) / perSecond
    }
    finishUntil(until)
  }
}

const opened = ({ events }: Machine) =>
  events.find((event) => event._tag === "StateTransition" && event.to === "Open")

/** Two readings of the seed's 400 ± 300 ms. */
const healthy: ReadonlyArray<readonly [number, number]> = [[100, 700], [400, 700]]

const hour = 3_600_000

describe("the default breaker before the provider of the seed", () => {
  property(
    "12",
    "never opens in a day of a healthy provider",
    record({
      seed: Arbitraries.seed,
      perSecond: integer({ min: 2, max: 4 }),
      latency: constantFrom(...healthy)
    }),
    ({ latency, perSecond, seed }) => {
      const machine = new Machine(presets.default.breaker, seed)
      const run = traffic(machine, seed, perSecond, latency)
      for (let time = hour / 4; time <= 24 * hour; time += hour / 4) {
        run(time)
        assert.isUndefined(opened(machine))
        machine.events.length = 0
      }
    }
  )

  property(
    "12b",
    "opens within ten seconds of a degraded one",
    record({
      seed: Arbitraries.seed,
      perSecond: integer({ min: 4, max: 20 }),
      before: integer({ min: 0, max: 60 })
    }),
    ({ before, perSecond, seed }) => {
      const machine = new Machine(presets.default.breaker, seed)
      traffic(machine, seed, perSecond, [100, 700])(before * 1000)
      const degradedAt = machine.now
      traffic(machine, seed + 1, perSecond, [900, 1500])(degradedAt + 10_000)
      const event = opened(machine)
      assert(event !== undefined)
      assert.isAtMost(event.at / 1e6 - degradedAt, Duration.toMillis("10 seconds"))
    }
  )
})
