/**
 * How a process tells of itself: traces and metrics by OTLP to the collector that the standard `OTEL_*` settings name, and to
 * whoever looks at the newest ones here. Without a collector nothing is exported; without telemetry nothing is recorded.
 */
import * as OtlpResource from "@effect/opentelemetry/OtlpResource"
import * as OtlpSerialization from "@effect/opentelemetry/OtlpSerialization"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Runner from "@saucier/eventsourcing/Runner"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { hostname } from "node:os"
import process from "node:process"
import * as LogEntry from "./LogEntry.ts"
import * as TelemetryExporter from "./TelemetryExporter.ts"
import * as TelemetryIds from "./TelemetryIds.ts"
import * as TelemetryMetrics from "./TelemetryMetrics.ts"
import * as Sampler from "./TelemetrySampler.ts"
import * as TelemetrySettings from "./TelemetrySettings.ts"
import * as TelemetryTracer from "./TelemetryTracer.ts"
import * as TraceBuffer from "./TraceBuffer.ts"

/** Tells processes of one service apart, also in what they have recorded. */
const instance = `${hostname()}/${process.pid}`

const resourceOf = ({ attributes, serviceName }: TelemetrySettings.TelemetrySettings) =>
  OtlpResource.make({
    serviceName,
    attributes: {
      "service.namespace": "saucier",
      "service.instance.id": instance,
      ...attributes
    }
  })

const means = ({ protocol }: TelemetrySettings.TelemetrySettings) =>
  Layer.build(Layer.merge(
    protocol === "json" ? OtlpSerialization.layerJson : OtlpSerialization.layerProtobuf,
    NodeHttpClient.layerUndici
  ))

const tracesTo = (settings: TelemetrySettings.TelemetrySettings) =>
  Effect.gen(function*() {
    if (settings.disabled || Option.isNone(settings.tracesUrl)) return []
    const { push } = yield* Effect.provide(
      TelemetryExporter.make({
        url: settings.tracesUrl.value,
        headers: Redacted.value(settings.headers),
        resource: resourceOf(settings),
        interval: settings.tracesInterval
      }),
      yield* means(settings)
    )
    return [push]
  })

/** Taken up by whoever measures the process (ProcessMetrics). */
const metricsTo = (settings: TelemetrySettings.TelemetrySettings) =>
  Effect.gen(function*() {
    if (settings.disabled || Option.isNone(settings.metricsUrl)) return Layer.empty
    const metrics = yield* Effect.provide(
      TelemetryMetrics.make({
        url: settings.metricsUrl.value,
        headers: Redacted.value(settings.headers),
        resource: resourceOf(settings),
        interval: settings.metricsInterval
      }),
      yield* means(settings)
    )
    return Layer.succeed(TelemetryMetrics.TelemetryMetrics, metrics)
  })

/** For a process that is called so unless OTEL_SERVICE_NAME says otherwise. */
export const layer = (name: string) =>
  Layer.unwrapScoped(Effect.gen(function*() {
    const settings = yield* TelemetrySettings.load(name)
    for (const complaint of settings.complaints) yield* Effect.logWarning(complaint)
    const ids = yield* TelemetryIds.make
    const sinks = yield* tracesTo(settings)
    const buffer = TraceBuffer.make(settings.serviceName)
    const tracer = TelemetryTracer.make({
      ids,
      sampler: settings.disabled ? Sampler.never : settings.sampler,
      followsRemote: !settings.disabled && settings.followsRemote,
      ended: (span) => {
        buffer.span(span)
        for (const sink of sinks) sink(span)
      }
    })
    const recent = Logger.make<unknown, void>((options) =>
      buffer.log(LogEntry.make(settings.serviceName, options))
    )
    return Layer.mergeAll(
      Layer.succeed(TraceBuffer.TraceBuffer, buffer),
      Layer.setTracer(tracer),
      Logger.add(recent),
      yield* metricsTo(settings),
      Runner.layer(`${name}@${instance}`)
    )
  }))
