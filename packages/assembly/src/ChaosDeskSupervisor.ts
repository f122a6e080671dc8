/** The chaos desk of a gateway that a supervisor has started: the supervisor's, found by its file in the data folder. */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as FileSystem from "@effect/platform/FileSystem"
import * as HttpApiClient from "@effect/platform/HttpApiClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Path from "@effect/platform/Path"
import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import { Settings } from "@saucier/runtime/Settings"
import * as SupervisorClient from "@saucier/runtime/SupervisorClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { ChaosRequest } from "./Chaos.ts"
import { ChaosControl } from "./ChaosControl.ts"
import { ChaosDesk } from "./ChaosDesk.ts"
import { ChaosOff } from "./ChaosRejections.ts"

const away = new ServiceUnavailable({
  service: "The supervisor",
  detail: "it does not answer",
  retryAfter: 2
})

const make = Effect.gen(function*() {
  const { dataDir } = yield* Settings
  const context = yield* Effect.context<FileSystem.FileSystem | Path.Path>()
  const http = HttpClient.withTracerPropagation(yield* HttpClient.HttpClient, false)

  /** Looked for each time: another supervisor may have taken its place. */
  const connected = SupervisorClient.find(dataDir).pipe(
    Effect.provide(context),
    Effect.mapError(() => new ChaosOff({ reason: "no-supervisor" })),
    Effect.flatMap(({ token, url }) =>
      HttpApiClient.makeWith(ChaosControl, {
        baseUrl: url,
        httpClient: HttpClient.mapRequest(http, HttpClientRequest.bearerToken(Redacted.make(token)))
      })
    )
  )
  type Client = Effect.Effect.Success<typeof connected>["chaos"]

  const ask = <A, E>(question: (client: Client) => Effect.Effect<A, E>) =>
    Effect.flatMap(connected, ({ chaos }) => question(chaos)).pipe(
      Effect.timeoutFail({ duration: "10 seconds", onTimeout: () => away })
    )
  /** The same for each kind: the client's argument is a union that only one kind at a time fits. */
  const strike = (client: Client, payload: ChaosRequest) => {
    switch (payload.kind) {
      case "preset":
        return client.strike({ payload })
      case "load":
        return client.strike({ payload })
      case "kill":
        return client.strike({ payload })
      case "pause":
        return client.strike({ payload })
      case "stop":
        return client.strike({ payload })
      case "scale":
        return client.strike({ payload })
      case "end":
        return client.strike({ payload })
    }
  }
  const foreign = {
    Unauthorized: () => away,
    ForeignPage: () => away,
    HttpApiDecodeError: () => away,
    ParseError: () => away,
    RequestError: () => away,
    ResponseError: () => away
  }
  return ChaosDesk.of({
    state: Effect.catchTags(ask((chaos) => chaos.chaos({})), foreign),
    strike: (payload) => Effect.catchTags(ask((chaos) => strike(chaos, payload)), foreign)
  })
})

export const layer = Layer.effect(ChaosDesk, make).pipe(Layer.provide(NodeHttpClient.layerUndici))
