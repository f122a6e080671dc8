/** The standard settings of OpenTelemetry. As its specification asks, one that says nothing we know is told and left out. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as SettingsSource from "./SettingsSource.ts"
import * as Sampler from "./TelemetrySampler.ts"

export interface TelemetrySettings {
  readonly disabled: boolean
  readonly serviceName: string
  readonly attributes: Readonly<Record<string, string>>
  /** Where traces go; they are not exported when there is none. */
  readonly tracesUrl: Option.Option<string>
  /** Where metrics go besides `/metrics`. */
  readonly metricsUrl: Option.Option<string>
  readonly headers: Redacted.Redacted<Readonly<Record<string, string>>>
  readonly protocol: "json" | "protobuf"
  readonly sampler: Sampler.Sampler
  readonly followsRemote: boolean
  readonly tracesInterval: Duration.Duration
  readonly metricsInterval: Duration.Duration
  readonly complaints: ReadonlyArray<string>
}

/** Without a collector only people look at traces, in the ring. */
const tracesForPeople = 10

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `key=value,key=value`, with percent signs for what would divide. */
export const pairs = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split(",").flatMap((pair) => {
      const at = pair.indexOf("=")
      const key = pair.slice(0, Math.max(0, at)).trim()
      return key === "" ? [] : [[decoded(key), decoded(pair.slice(at + 1).trim())]]
    })
  )

const isWebUrl = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

export const load = (name: string) =>
  Effect.gen(function*() {
    const find = yield* SettingsSource.make
    const complaints: Array<string> = []
    const text = (key: string) => Effect.map(find(key), (found) => Option.getOrUndefined(found)?.value)
    const complain = (key: string, rule: string) => {
      complaints.push(`${key} ${rule}; it is left out`)
      return undefined
    }
    const url = (key: string) =>
      Effect.map(text(key), (value) => {
        if (value === undefined || isWebUrl(value)) return value
        return complain(key, "must be an http or https address")
      })
    const millis = (key: string, byDefault: number) =>
      Effect.map(text(key), (value) => {
        if (value === undefined) return Duration.millis(byDefault)
        const number = /^\d{1,9}$/.test(value) && Number(value) > 0
          ? Number(value)
          : complain(key, "must be milliseconds")
        return Duration.millis(number ?? byDefault)
      })

    const endpoint = yield* url("OTEL_EXPORTER_OTLP_ENDPOINT")
    /** One of its own is taken as it is written; to the one that signals share the path is added. */
    const signalUrl = (signal: "TRACES" | "METRICS") =>
      Effect.gen(function*() {
        const own = yield* url(`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`)
        const exporter = (yield* text(`OTEL_${signal}_EXPORTER`)) ?? "otlp"
        if (exporter !== "otlp" && exporter !== "none") {
          complain(`OTEL_${signal}_EXPORTER`, "must be otlp or none")
        }
        const shared = endpoint === undefined
          ? undefined
          : `${endpoint.replace(/\/+$/, "")}/v1/${signal.toLowerCase()}`
        return exporter === "none" ? Option.none<string>() : Option.fromNullable(own ?? shared)
      })
    const tracesUrl = yield* signalUrl("TRACES")
    const metricsUrl = yield* signalUrl("METRICS")

    const protocol = (yield* text("OTEL_EXPORTER_OTLP_PROTOCOL")) ?? "http/json"
    if (protocol !== "http/json" && protocol !== "http/protobuf") {
      complain("OTEL_EXPORTER_OTLP_PROTOCOL", "must be http/json or http/protobuf")
    }

    const argument = yield* text("OTEL_TRACES_SAMPLER_ARG")
    const share = (): number => {
      if (argument === undefined) return 1
      const number = Number(argument)
      return number >= 0 && number <= 1
        ? number
        : complain("OTEL_TRACES_SAMPLER_ARG", "must be a number from 0 to 1") ?? 1
    }
    const named = yield* text("OTEL_TRACES_SAMPLER")
    const samplerOf = (name: string | undefined): Sampler.Sampler => {
      switch (name) {
        case "always_on":
        case "parentbased_always_on":
          return Sampler.always
        case "always_off":
        case "parentbased_always_off":
          return Sampler.never
        case "traceidratio":
        case "parentbased_traceidratio":
          return Sampler.ratio(share())
        default:
          if (name !== undefined) complain("OTEL_TRACES_SAMPLER", "names no sampler that is here")
          return Option.isSome(tracesUrl) ? Sampler.always : Sampler.budget(tracesForPeople)
      }
    }

    const { "service.name": resourceName, ...attributes } = pairs(
      (yield* text("OTEL_RESOURCE_ATTRIBUTES")) ?? ""
    )
    const settings: TelemetrySettings = {
      disabled: (yield* text("OTEL_SDK_DISABLED"))?.toLowerCase() === "true",
      serviceName: (yield* text("OTEL_SERVICE_NAME")) ?? resourceName ?? name,
      attributes,
      tracesUrl,
      metricsUrl,
      headers: Redacted.make(pairs((yield* text("OTEL_EXPORTER_OTLP_HEADERS")) ?? "")),
      protocol: protocol === "http/protobuf" ? "protobuf" : "json",
      sampler: samplerOf(named),
      followsRemote: named === undefined || !/^(always|traceid)/.test(named),
      tracesInterval: yield* millis("OTEL_BSP_SCHEDULE_DELAY", 1000),
      metricsInterval: yield* millis("OTEL_METRIC_EXPORT_INTERVAL", 60_000),
      complaints
    }
    return settings
  })
