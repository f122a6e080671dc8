import * as NodeContext from "@effect/platform-node/NodeContext"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import { assert, describe, it } from "@effect/vitest"
import * as Draining from "@saucier/runtime/Draining"
import * as HttpRuntime from "@saucier/runtime/HttpRuntime"
import * as Page from "@saucier/runtime/Page"
import * as SseStreams from "@saucier/runtime/SseStreams"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { request } from "./Served.ts"
import { toyLayer } from "./Toy.ts"

const served = (folder: string) =>
  HttpRuntime.serve({ host: "127.0.0.1", port: 0 }).pipe(
    Layer.provide(Page.routes(folder)),
    Layer.provide(toyLayer),
    Layer.provide([Draining.layer, SseStreams.layer()])
  )

describe("the built page", () => {
  it.scopedLive("is the one that was built last", () =>
    Effect.gen(function*() {
      const fs = yield* FileSystem.FileSystem
      const path = yield* Path.Path
      const folder = yield* fs.makeTempDirectoryScoped()
      for (const [name, at] of [["older", 1_000], ["newest", 3_000], ["old", 2_000]] as const) {
        yield* fs.makeDirectory(path.join(folder, name))
        const index = path.join(folder, name, "index.html")
        yield* fs.writeFileString(index, name)
        yield* fs.utimes(index, at, at)
      }
      yield* fs.makeDirectory(path.join(folder, "half-made"))
      const response = yield* Effect.provide(request("/"), served(folder))
      assert.strictEqual(yield* Effect.promise(() => response.text()), "newest")
    }).pipe(Effect.provide(NodeContext.layer)))

  it.scopedLive("is missed at the start, with what to do about it", () =>
    Effect.gen(function*() {
      const fs = yield* FileSystem.FileSystem
      const folder = yield* fs.makeTempDirectoryScoped()
      const error = yield* Effect.flip(Effect.provide(Effect.void, served(folder)))
      assert.include(error.message, "pnpm@12 install")
    }).pipe(Effect.provide(NodeContext.layer)))
})
