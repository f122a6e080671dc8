/**
 * An HttpApi and its extra routes as a running server. Routes are layers that add to `HttpApiBuilder.Router`:
 *
 *     HttpRuntime.serve({ host, port }).pipe(
 *       Layer.provide([Health.routes, MetricsHttp.routes, DocsHttp.routes, apiLayer]),
 *       Layer.provideMerge(Draining.layer)
 *     )
 *
 * It listens when all of it is built, and drains before anything it needs is closed.
 */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpMiddleware from "@effect/platform/HttpMiddleware"
import * as CrashPoint from "@saucier/kernel/CrashPoint"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import { constTrue } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Runtime from "effect/Runtime"
import * as Admission from "./Admission.ts"
import { Authentication, OwnNamesOnly } from "./Authentication.ts"
import * as ConnectionProblem from "./ConnectionProblem.ts"
import { Draining } from "./Draining.ts"
import * as HttpRoutes from "./HttpRoutes.ts"
import * as NodeListener from "./NodeListener.ts"
import * as ProblemOfCause from "./ProblemOfCause.ts"
import * as ProblemOfRejection from "./ProblemOfRejection.ts"
import { RequestMeter } from "./RequestMeter.ts"

/** Where the server listens, once it does. */
export class HttpAddress extends Context.Tag("@saucier/runtime/HttpAddress")<HttpAddress, {
  readonly host: string
  readonly port: number
  readonly url: string
}>() {}

export interface Options {
  readonly host: string
  readonly port: number
  /** How many requests that change something are worked on at once; beyond it they are answered 429. */
  readonly maxConcurrent?: number
  /** How long to go on taking connections after readiness has turned: the time that load balancers need to notice. */
  readonly lameDuck?: Duration.DurationInput
  /** How long requests in flight may take to finish. With what closes after it, it must fit into five seconds. */
  readonly drainDeadline?: Duration.DurationInput
  /** How long a connection must have been silent to be dropped in a drain. Callers whom another process serves then need it. */
  readonly idlePatience?: Duration.DurationInput
}

const app = Effect.fnUntraced(function*(maxConcurrent: number) {
  const { api } = yield* HttpApi.Api
  const { isDraining } = yield* Draining
  const keys = yield* Authentication
  const ownNamesOnly = yield* OwnNamesOnly
  const service = yield* HttpApiBuilder.Router
  const router = yield* service.router
  const onCause = ProblemOfCause.make(ProblemOfRejection.make(api), HttpRoutes.methodsAt(router))
  const meter = yield* RequestMeter
  const watch = yield* FiberRef.get(CrashPoint.watcher)
  const admit = Admission.make(maxConcurrent)
  const surroundings = { api, onCause, isDraining, admit, meter, keys, ownNamesOnly, watch }
  const surrounded = HttpRoutes.surround(router, surroundings)
  const httpApp = yield* HttpApiBuilder.httpApp.pipe(
    Effect.provideService(HttpApiBuilder.Router, { ...service, router: Effect.succeed(surrounded) }),
    Effect.provideService(HttpApiBuilder.Middleware, {
      add: () => Effect.void,
      retrieve: Effect.succeed(HttpRoutes.outside(surroundings))
    })
  )
  return httpApp
})

const start = (options: Options) =>
  Effect.gen(function*() {
    const draining = yield* Draining
    const runtime = yield* Effect.runtime()
    const listener = NodeListener.make(
      yield* NodeHttpServer.makeHandler(yield* app(options.maxConcurrent ?? 500))
    )
    ConnectionProblem.attach(listener.server, ConnectionProblem.make(Runtime.runSync(runtime)))
    const address = yield* NodeListener.listen(listener, options.host, options.port)
    yield* Effect.addFinalizer(() =>
      draining.begin.pipe(
        Effect.zipRight(Effect.sleep(options.lameDuck ?? "300 millis")),
        Effect.zipRight(
          NodeListener.close(listener, options.drainDeadline ?? "3 seconds", options.idlePatience)
        )
      )
    )
    const shown = address.family === "IPv6" ? `[${address.address}]` : address.address
    return { host: address.address, port: address.port, url: `http://${shown}:${address.port}` }
  })

/** The request's own span (`HttpRoutes`) replaces the platform's, which copies every header. */
export const serve = (
  options: Options
): Layer.Layer<HttpAddress, NodeListener.ListenFailed, HttpApi.Api | Draining> =>
  Layer.scoped(HttpAddress, start(options)).pipe(
    Layer.provide([HttpApiBuilder.Router.Live, NodeHttpServer.layerContext]),
    HttpMiddleware.withTracerDisabledWhen(constTrue)
  )
