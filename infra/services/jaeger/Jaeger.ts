/**
 * A real Jaeger on free ports of this machine, gone with the scope: the program, built once from the Go module that is
 * pinned beside this file. `SAUCIER_JAEGER` names one that is there already.
 */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Child from "../../bench/Child.ts"
import * as Party from "../../chaos/Party.ts"

const folder = fileURLToPath(new URL(".", import.meta.url))
const built = `${folder}.build/jaeger-all-in-one`

const build = Child.run("go", [
  "build",
  "-C",
  folder,
  "-o",
  built,
  "github.com/jaegertracing/jaeger/cmd/all-in-one"
])

const program = Effect.flatMap(
  Effect.option(Config.string("SAUCIER_JAEGER")),
  Option.match({
    onNone: () => existsSync(built) ? Effect.succeed(built) : Effect.as(build, built),
    onSome: Effect.succeed
  })
)

/** `ui` answers its page and its query API; `otlp` takes traces. */
export const start = Effect.gen(function*() {
  const port = Effect.map(Party.freePort, (port) => `127.0.0.1:${port}`)
  const [otlp, ui, admin, ...others] = yield* Effect.all([port, port, port, port, port, port, port])
  const [grpc, http, otlpGrpc, query] = others
  const child = yield* Child.make(yield* program, [
    `--collector.otlp.http.host-port=${otlp}`,
    `--query.http-server.host-port=${ui}`,
    `--admin.http.host-port=${admin}`,
    `--collector.grpc-server.host-port=${grpc}`,
    `--collector.http-server.host-port=${http}`,
    `--collector.otlp.grpc.host-port=${otlpGrpc}`,
    `--query.grpc-server.host-port=${query}`
  ], { SPAN_STORAGE_TYPE: "memory" })
  const answers = Effect.promise(() => fetch(`http://${ui}/api/services`).then(({ ok }) => ok, () => false))
  yield* Effect.raceFirst(
    Effect.repeat(Effect.delay(answers, "100 millis"), { until: (ok) => ok }),
    Effect.flatMap(child.ended, () => Effect.dieMessage(`Jaeger ended: ${child.printed()}`))
  )
  return { otlp: `http://${otlp}`, ui: `http://${ui}` }
})
