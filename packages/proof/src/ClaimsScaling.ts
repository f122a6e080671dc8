/** The number of processes that follows a load that comes and goes. */
import * as Effect from "effect/Effect"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import type { Cluster } from "./Cluster.ts"
import * as Finding from "./Finding.ts"
import * as Poll from "./Poll.ts"
import * as Room from "./Room.ts"
import * as Stopwatch from "./Stopwatch.ts"

const { atLeast, atMost, equal, noted } = Finding

/** More calls at the bank than one process shall carry, and no more than two shall. */
const callers = 24

/** It waits for minutes in which no more were asked for, as the rule says. */
export const follows = Claim.make<Cluster>("9.1", ({ base, processes }) =>
  Effect.gen(function*() {
    const seconds = yield* Stopwatch.start
    const points: Array<readonly [number, number]> = []
    const look = Effect.orDie(Effect.zipWith(processes("payment"), seconds, ({ length }, at) => {
      points.push([at, length])
      return length
    }))
    const before = yield* look
    const load = yield* Callers.load(base, callers)
    yield* Poll.until(look, (count) => count > before, 1000)
    const up = yield* seconds
    yield* load.stop
    yield* Room.leave
    const from = yield* seconds
    yield* Poll.until(look, (count) => count === 1, 1000)
    const most = Math.max(...points.map(([, count]) => count))
    return {
      checks: [
        equal("processes before", before, 1),
        noted("callers", callers),
        noted("more after", up, "s"),
        atLeast("most processes", most, 2),
        atMost("most processes", most, 10),
        noted("one again after the load", (yield* seconds) - from, "s"),
        noted("failed requests", load.calls.filter((call) => !Callers.isAcknowledged(call)).length)
      ],
      chart: { unit: "", shape: "steps", series: [{ measure: "processes", points }] }
    }
  }), { quick: false, pace: "alone" })
