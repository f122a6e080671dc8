/** An HTTP client that tells when a request leaves this process and when its answer begins, whatever turn its fiber has then. */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import type * as Undici from "@effect/platform-node/Undici"
import { HttpClient } from "@effect/platform/HttpClient"
import { AttemptWatch, type Watch } from "@saucier/resilience/AttemptWatch"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"

/** The client hands a request over while its fiber runs. */
const current = (): Watch | undefined =>
  Option.match(Fiber.getCurrentFiber(), {
    onNone: () => undefined,
    onSome: (fiber) => Context.get(fiber.getFiberRef(FiberRef.currentContext), AttemptWatch)
  })

const watched = (
  handler: Undici.Dispatcher.DispatchHandler,
  watch: Watch
): Undici.Dispatcher.DispatchHandler => ({
  onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
  onRequestUpgrade: (controller, status, headers, socket) =>
    handler.onRequestUpgrade?.(controller, status, headers, socket),
  onResponseStart: (controller, status, headers, message) => {
    // What is only on its way, such as 103, has no answer yet.
    if (status >= 200) watch.comes()
    handler.onResponseStart?.(controller, status, headers, message)
  },
  onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
  onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
  onResponseError: (controller, error) => handler.onResponseError?.(controller, error)
})

const telling: Undici.Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const watch = current()
  if (watch === undefined) return dispatch(options, handler)
  watch.leaves()
  return dispatch(options, watched(handler, watch))
}

export const layer: Layer.Layer<HttpClient> = Layer.scoped(
  HttpClient,
  Effect.map(
    NodeHttpClient.makeDispatcher,
    (dispatcher) => NodeHttpClient.makeUndici(dispatcher.compose(telling))
  )
)
