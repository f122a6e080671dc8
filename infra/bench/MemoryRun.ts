/** Memory while many orders come at a steady rate: what stays after each is what grows. */
import { round } from "@saucier/proof/Stats"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import * as Driver from "./Driver.ts"
import { target } from "./LevelsRun.ts"
import type { Options } from "./Options.ts"
import * as Progress from "./Progress.ts"
import * as Report from "./Report.ts"
import * as Settling from "./Settling.ts"
import * as Target from "./Target.ts"
import * as Usage from "./Usage.ts"

interface Sample {
  readonly orders: number
  readonly rssMb: number
  readonly pssMb: number
}

/** Least squares, in MB per 10 000 orders. */
const growth = (samples: ReadonlyArray<Sample>) => {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length
  const orders = mean(({ orders }) => orders)
  const rss = mean(({ rssMb }) => rssMb)
  return 10_000 * mean((sample) => (sample.orders - orders) * (sample.rssMb - rss)) /
    mean((sample) => (sample.orders - orders) ** 2)
}

export const run = (options: Options) =>
  Effect.scoped(Effect.gen(function*() {
    const server = yield* target(options)
    const seconds = options.orders / options.rate
    const every = Math.min(10_000, options.orders / 10)
    const before = (yield* Target.tally(server)).made
    const samples: Array<Sample> = []
    const sample = Effect.map(Target.tally(server), ({ made }) => {
      if (made - before < every * (samples.length + 1)) return
      samples.push({ orders: made - before, ...Usage.memory(server.pids) })
    })
    const sampling = yield* Effect.forkScoped(
      Effect.repeat(Effect.ignore(sample), Schedule.spaced("500 millis"))
    )
    const load = yield* Progress.during(
      `${options.orders} orders, ${options.rate} a second`,
      seconds,
      Driver.amount(server, options.rate, options.orders)
    )
    const settled = yield* Settling.settle(server, before + load.acked)
    yield* Effect.ignore(sample)
    yield* Fiber.interrupt(sampling)
    const agree = settled.complete === settled.made && settled.made - before >= load.acked
    /** The heap finds its size in the first fifth. */
    const warm = samples.slice(Math.floor(samples.length / 5))
    const perTenThousand = growth(warm)
    yield* Report.print(Report.table(
      ["orders", "RSS MB", "PSS MB"],
      samples.map(({ orders, pssMb, rssMb }) => [orders, round(rssMb), round(pssMb)])
    ))
    yield* Report.print(
      `After the first fifth, RSS grew by ${round(perTenThousand, 2)} MB per 10,000 orders. ` +
        `${load.acked} acknowledged, ${settled.made - before} made, ${settled.complete} complete in all` +
        `${agree ? "" : ": THEY DISAGREE"}`
    )
    yield* Report.save("bench-memory.json", {
      server: server.name,
      rate: options.rate,
      perTenThousand,
      samples,
      load
    })
    return agree
  }))
