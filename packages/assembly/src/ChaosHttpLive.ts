import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as Authentication from "@saucier/runtime/Authentication"
import * as Effect from "effect/Effect"
import { ChaosDesk } from "./ChaosDesk.ts"
import { ChaosHttp } from "./ChaosHttp.ts"
import { ChaosOff, ForeignPage } from "./ChaosRejections.ts"

export const ChaosHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(ChaosHttp),
  "chaos",
  (handlers) =>
    Effect.gen(function*() {
      const keys = yield* Authentication.Authentication
      const desk = yield* ChaosDesk
      const admitted = Effect.gen(function*() {
        if (keys !== null) return yield* new ChaosOff({ reason: "keys" })
        const request = yield* HttpServerRequest.HttpServerRequest
        if (!Authentication.isLocal(request)) return yield* new ForeignPage()
      })
      return handlers
        .handle("chaos", () => Effect.zipRight(admitted, desk.state))
        .handle("strike", ({ payload }) => Effect.zipRight(admitted, desk.strike(payload)))
    })
)
