import * as FileSystem from "@effect/platform/FileSystem"
import type * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"

const maxBody = Option.some(FileSystem.Size(65_536))

/** The application of one API. Built by itself, it has a router of its own: the two addresses answer to different paths. */
export const make = <E, R>(api: Layer.Layer<HttpApi.Api, E, R>) =>
  Effect.gen(function*() {
    const parts = yield* Layer.build(
      Layer.mergeAll(api, HttpApiBuilder.Router.Live, HttpApiBuilder.Middleware.layer)
    )
    const app = yield* Effect.provide(HttpApiBuilder.httpApp, parts)
    return HttpIncomingMessage.withMaxBodySize(app, maxBody)
  })
