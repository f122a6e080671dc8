/**
 * A real Jaeger, gone with the scope: in a container where Docker runs, else the program built once from the Go module that
 * is pinned beside this file. `SAUCIER_JAEGER` names one that is there already. The Go module comes without Jaeger's page.
 */
import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Child from "../../bench/Child.ts"
import * as GoProgram from "../GoProgram.ts"

/** The one of go.mod. */
const image = "jaegertracing/all-in-one:1.76.0"

const program = GoProgram.find({
  folder: "jaeger",
  package: "github.com/jaegertracing/jaeger/cmd/all-in-one",
  variable: "SAUCIER_JAEGER"
})

export interface Ports {
  /** Its page and its query API. */
  readonly ui: number
  /** Where it takes traces over HTTP. */
  readonly otlp: number
}

/** Docker answers, and no program was named. */
const inContainer = Effect.gen(function*() {
  const named = yield* Effect.option(Config.string("SAUCIER_JAEGER"))
  if (named._tag === "Some") return false
  const answers = Child.run("docker", ["info"]).pipe(Effect.timeout("5 seconds"))
  return yield* Effect.match(answers, { onFailure: () => false, onSuccess: () => true })
})

/** What {@link startAt} runs is there afterwards. */
export const prepare = Effect.flatMap(
  inContainer,
  (contained) => contained ? Child.run("docker", ["pull", image]) : program
)

const container = ({ otlp, ui }: Ports) =>
  Child.make("docker", [
    "run",
    "--rm",
    "--publish",
    `127.0.0.1:${ui}:16686`,
    "--publish",
    `127.0.0.1:${otlp}:4318`,
    image
  ])

/** Only the two ports that are wanted stand still; what else it listens on is anywhere. */
const process = ({ otlp, ui }: Ports) =>
  Effect.gen(function*() {
    const free = Effect.map(LoopbackPort.free, (port) => `127.0.0.1:${port}`)
    const [admin, grpc, http, otlpGrpc, query] = yield* Effect.all([free, free, free, free, free])
    return yield* Child.make(yield* program, [
      `--collector.otlp.http.host-port=127.0.0.1:${otlp}`,
      `--query.http-server.host-port=127.0.0.1:${ui}`,
      `--admin.http.host-port=${admin}`,
      `--collector.grpc-server.host-port=${grpc}`,
      `--collector.http-server.host-port=${http}`,
      `--collector.otlp.grpc.host-port=${otlpGrpc}`,
      `--query.grpc-server.host-port=${query}`
    ], { SPAN_STORAGE_TYPE: "memory" })
  })

/** `hasPage`: whether people can look at it, too; the query API is there in any case. */
export const startAt = (ports: Ports) =>
  Effect.gen(function*() {
    const contained = yield* inContainer
    const child = contained ? yield* container(ports) : yield* process(ports)
    const ui = `http://127.0.0.1:${ports.ui}`
    const answers = Effect.promise(() => fetch(`${ui}/api/services`).then(({ ok }) => ok, () => false))
    yield* Effect.raceFirst(
      Effect.repeat(Effect.delay(answers, "100 millis"), { until: (ok) => ok }),
      Effect.flatMap(child.ended, () => Effect.dieMessage(`Jaeger ended: ${child.printed()}`))
    )
    return { otlp: `http://127.0.0.1:${ports.otlp}`, ui, hasPage: contained, ended: child.ended }
  })

/** On free ports. */
export const start = Effect.flatMap(
  Effect.all({ ui: LoopbackPort.free, otlp: LoopbackPort.free }),
  startAt
)
