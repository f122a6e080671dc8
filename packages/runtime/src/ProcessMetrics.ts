/** What the process says of itself: build, memory, and how late its event loop runs. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import { monitorEventLoopDelay } from "node:perf_hooks"
import process from "node:process"
import { TelemetryMetrics } from "./TelemetryMetrics.ts"

const gauge = (name: string, description: string) => Metric.gauge(name, { description })

const resident = gauge("process_resident_memory_bytes", "Memory of the process in RAM")
const heapUsed = gauge("nodejs_heap_size_used_bytes", "JavaScript heap in use")
const heapTotal = gauge("nodejs_heap_size_total_bytes", "JavaScript heap reserved")
const external = gauge("nodejs_external_memory_bytes", "Memory of buffers and bindings")
const cpu = Metric.counter("process_cpu_seconds_total", {
  description: "CPU time of the process",
  incremental: true
})
const started = gauge("process_start_time_seconds", "When the process started, since the epoch")
const lag = (quantile: string) =>
  gauge("nodejs_eventloop_lag_seconds", "How late the event loop ran in the last 15 to 30 seconds").pipe(
    Metric.tagged("quantile", quantile)
  )
/** Milliseconds between two looks at the event loop, which its histogram counts as delay. */
const resolution = 10

/** Several look at it, each as often as it likes: what one has seen is not taken from the others. In milliseconds. */
const window = 15_000

const quantiles = [["0.5", 50], ["0.99", 99], ["1", 100]] as const

export class ProcessMetrics extends Effect.Tag("@saucier/runtime/ProcessMetrics")<ProcessMetrics, {
  /** Takes the current values into the gauges; called by whoever exports them. */
  readonly observe: Effect.Effect<void>
}>() {}

export const layer = (build: { readonly version: string }): Layer.Layer<ProcessMetrics> =>
  Layer.scoped(
    ProcessMetrics,
    Effect.gen(function*() {
      const histogram = yield* Effect.acquireRelease(
        Effect.sync(() => {
          const histogram = monitorEventLoopDelay({ resolution })
          histogram.enable()
          return histogram
        }),
        (histogram) => Effect.sync(() => histogram.disable())
      )
      const info = gauge("saucier_build_info", "Always 1; what runs is in the labels").pipe(
        Metric.tagged("version", build.version),
        Metric.tagged("node", process.version)
      )
      yield* Metric.set(info, 1)
      yield* Metric.set(started, Math.round(performance.timeOrigin / 1000))
      let cpuBefore = 0
      let windowBegan = yield* Clock.currentTimeMillis
      const before = new Map<string, number>()
      const observe = Effect.gen(function*() {
        const memory = process.memoryUsage()
        yield* Metric.set(resident, memory.rss)
        yield* Metric.set(heapUsed, memory.heapUsed)
        yield* Metric.set(heapTotal, memory.heapTotal)
        yield* Metric.set(external, memory.external)
        const { system, user } = process.cpuUsage()
        const cpuNow = (system + user) / 1e6
        yield* Metric.incrementBy(cpu, cpuNow - cpuBefore)
        cpuBefore = cpuNow
        const now = yield* Clock.currentTimeMillis
        const isOver = now - windowBegan >= window
        for (const [label, percentile] of quantiles) {
          const late = histogram.percentile(percentile) / 1e9 - resolution / 1000
          const found = Number.isFinite(late) ? Math.max(0, late) : 0
          yield* Metric.set(lag(label), Math.max(found, before.get(label) ?? 0))
          if (isOver) before.set(label, found)
        }
        if (!isOver) return
        windowBegan = now
        histogram.reset()
      })
      const exporter = yield* Effect.serviceOption(TelemetryMetrics)
      if (Option.isSome(exporter)) yield* exporter.value.run(observe)
      return { observe }
    })
  )
