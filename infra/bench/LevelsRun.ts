/** Every level against one server whose storage grows with the load, as it does in use. */
import * as Effect from "effect/Effect"
import * as Audit from "./Audit.ts"
import * as Driver from "./Driver.ts"
import * as Level from "./Level.ts"
import type { Options } from "./Options.ts"
import * as Progress from "./Progress.ts"
import * as Report from "./Report.ts"
import * as Saucier from "./Saucier.ts"
import type { Target } from "./Target.ts"

export const target = (options: Options) =>
  options.against === undefined
    ? Saucier.start()
    : Effect.succeed<Target>({
      name: options.name,
      base: options.against,
      pids: options.pids ?? [],
      post: options.post ?? "/orders",
      get: options.get,
      counts: options.counts ?? new URL("/counts", options.against)
    })

export const run = (options: Options) =>
  Effect.scoped(Effect.gen(function*() {
    const server = yield* target(options)
    const driver = yield* Driver.find
    yield* Progress.during(
      "16 connections, to warm up",
      options.warmup,
      Driver.loop(driver, server, 16, options.warmup)
    )
    const levels = yield* Effect.forEach(options.levels, (connections) => {
      const plan = { driver, connections, seconds: options.seconds, warmup: options.warmup }
      return Progress.during(
        `${server.name}, ${connections} connections`,
        Level.seconds(plan),
        Level.measure(server, plan)
      )
    })
    yield* Report.print(`\n${server.name}, driven by ${driver}\n${Report.levels(levels)}`)
    const audit = options.against === undefined
      ? yield* Progress.during("Reading the logs", 30, Audit.run(server))
      : undefined
    if (audit !== undefined) yield* Report.print(Report.audit(audit))
    const name = options.against === undefined ? "bench.json" : `bench-${server.name}.json`
    yield* Report.save(name, { server: server.name, levels, audit })
    return levels.every(({ countsAgree }) => countsAgree) && (audit?.agree ?? true)
  }))
