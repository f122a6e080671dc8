/**
 * What telemetry costs: the same load on one process without it, with one trace in a hundred, and with all of them, in turns
 * that are short, so that whatever else the machine does meets all alike. The collector takes what it is sent and forgets it.
 */
import * as Stats from "@saucier/proof/Stats"
import * as Effect from "effect/Effect"
import type { ParseError } from "effect/ParseResult"
import { createServer } from "node:http"
import * as SupervisorProbe from "../../apps/saucier/src/SupervisorProbe.ts"
import * as Driver from "./Driver.ts"
import type { Failure } from "./Failure.ts"
import * as Http from "./Http.ts"
import type { Options } from "./Options.ts"
import * as Progress from "./Progress.ts"
import * as Report from "./Report.ts"
import * as Saucier from "./Saucier.ts"
import * as Target from "./Target.ts"
import * as Usage from "./Usage.ts"

const collector = Effect.acquireRelease(
  Effect.async<{ readonly url: string; readonly close: () => void }>((resume) => {
    const server = createServer((request, response) => {
      request.resume()
      request.on("end", () => response.end("{}"))
    })
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      const port = address === null || typeof address === "string" ? 0 : address.port
      resume(Effect.succeed({
        url: `http://127.0.0.1:${port}`,
        close: () => {
          server.close()
          server.closeAllConnections()
        }
      }))
    })
  }),
  ({ close }) => Effect.sync(close)
)

interface Variant {
  readonly name: string
  readonly settings: Readonly<Record<string, string>>
}

const variants = (endpoint: string): ReadonlyArray<Variant> => {
  const exported = (share: string) => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_METRICS_EXPORTER: "none",
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: share
  })
  // A provider that seems slow because the machine is busy would open the breaker, and answers are what is measured.
  const patient = { SAUCIER_BREAKER_MINIMUM_CALLS: "100000", SAUCIER_PROVIDER_TIMEOUT: "4 seconds" }
  return [
    { name: "off", settings: { ...patient, OTEL_SDK_DISABLED: "true" } },
    { name: "as started, no collector", settings: patient },
    { name: "1 % sampled", settings: { ...patient, ...exported("0.01") } },
    { name: "100 % sampled", settings: { ...patient, ...exported("1") } }
  ]
}

/** Once no order has come to its end for a second; some were refused, where the machine had much else to do. */
const rest = (server: Target.Target) => {
  const look = (before: number, still: number): Effect.Effect<number, Failure | ParseError> =>
    Effect.flatMap(Effect.delay(Target.tally(server), "200 millis"), ({ complete }) => {
      if (complete !== before) return look(complete, 0)
      return still === 5 ? Effect.succeed(complete) : look(complete, still + 1)
    })
  return look(-1, 0)
}

/** One turn: acknowledged orders a second, and what a complete order took of one processor, in microseconds. */
const turn = (driver: Driver.Driver, server: Target.Target, connections: number, seconds: number) =>
  Effect.gen(function*() {
    const before = yield* Target.tally(server)
    const since = Usage.meter(server.pids)
    const begun = performance.now()
    const load = yield* Driver.loop(driver, server, connections, seconds)
    const complete = yield* rest(server)
    const micros = since().total / 100 * (performance.now() - begun) * 1000
    return { ordersPerSecond: load.ordersPerSecond, micros: micros / (complete - before.complete) }
  })
type Turn = Effect.Effect.Success<ReturnType<typeof turn>>

const exportedBy = ({ base }: Target.Target) =>
  Effect.map(Http.get(new URL("/metrics", base)), ({ body }) => {
    const sum = (name: string) => SupervisorProbe.metric(body, name) ?? 0
    return {
      spans: sum("saucier_telemetry_exported_spans_total"),
      dropped: sum("saucier_telemetry_dropped_spans_total"),
      bytes: sum("saucier_telemetry_exported_bytes_total")
    }
  })

const median = (values: ReadonlyArray<number>) => Stats.of(values).p50

export const run = (options: Options) =>
  Effect.scoped(Effect.gen(function*() {
    const [connections = 64] = options.levels
    const { rounds, seconds, warmup } = options
    const { url } = yield* collector
    const driver = yield* Driver.find
    const servers = yield* Effect.forEach(variants(url), (variant) =>
      Effect.map(Saucier.start([], variant.settings), (server) => ({
        ...variant,
        server,
        turns: new Array<Turn>()
      })))
    const work = Effect.gen(function*() {
      for (const { server } of servers) {
        yield* turn(driver, server, connections, warmup)
      }
      for (let round = 0; round < rounds; round++) {
        // Each is first, second, … in turn: who comes after whom makes a difference, too.
        for (let place = 0; place < servers.length; place++) {
          const next = servers[(round + place) % servers.length]
          if (next !== undefined) {
            next.turns.push(yield* turn(driver, next.server, connections, seconds))
          }
        }
      }
    })
    yield* Progress.during("telemetry", servers.length * (warmup + rounds * (seconds + 1)), work)
    yield* Effect.sleep("3 seconds")

    const [off] = servers
    const results = yield* Effect.forEach(servers, ({ name, server, turns }) =>
      Effect.gen(function*() {
        const { made } = yield* Target.tally(server)
        const { bytes, dropped, spans } = yield* exportedBy(server)
        return {
          name,
          ordersPerSecond: median(turns.map(({ ordersPerSecond }) =>
            ordersPerSecond
          )),
          ratio: median(
            turns.map(({ ordersPerSecond }, round) =>
              ordersPerSecond / (off?.turns[round]?.ordersPerSecond ?? NaN)
            )
          ),
          micros: median(turns.map(({ micros }) => micros)),
          microsRatio: median(turns.map(({ micros }, round) => micros / (off?.turns[round]?.micros ?? NaN))),
          spansPerOrder: spans / made,
          bytesPerOrder: bytes / made,
          bytesPerSpan: spans === 0 ? 0 : bytes / spans,
          droppedPerOrder: dropped / made,
          turns
        }
      }))
    yield* Report.print(
      `\n${connections} connections, ${rounds} turns of ${seconds} s each, driven by ${driver}; medians`
    )
    yield* Report.print(Report.table(
      [
        "telemetry",
        "orders/s",
        "of off",
        "CPU µs\nan order",
        "of off",
        "spans\nan order",
        "bytes\nan order",
        "spans dropped\nan order"
      ],
      results.map((result) => [
        result.name,
        Stats.round(result.ordersPerSecond, 0),
        Stats.round(result.ratio, 3),
        Stats.round(result.micros, 0),
        Stats.round(result.microsRatio, 3),
        Stats.round(result.spansPerOrder, 2),
        Stats.round(result.bytesPerOrder, 0),
        Stats.round(result.droppedPerOrder, 2)
      ])
    ))
    yield* Report.save("bench-telemetry.json", { connections, driver, seconds, results })
    return true
  }))
