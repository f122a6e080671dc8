/** A folder of files, all known when the server starts: a path outside of it does not exist. */
import type * as PlatformError from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import type * as HttpRouter from "@effect/platform/HttpRouter"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Asset from "./Asset.ts"

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8"
}

/** `app-B3xQ9kLm.js`: the name changes with the content, so nobody need ever ask again. */
const hashed = /[-.](?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/

const cacheControl = (name: string): string =>
  hashed.test(name) ? "public, max-age=31536000, immutable" : "no-cache"

const pathsOf = (name: string): ReadonlyArray<HttpRouter.PathInput> =>
  name === "index.html" ? ["/", "/index.html"] : [`/${name}`]

export const routes = (
  folder: string
): Layer.Layer<never, PlatformError.PlatformError, FileSystem.FileSystem | Path.Path> =>
  HttpApiBuilder.Router.use((router) =>
    Effect.gen(function*() {
      const fs = yield* FileSystem.FileSystem
      const path = yield* Path.Path
      for (const found of yield* fs.readDirectory(folder, { recursive: true })) {
        const file = path.join(folder, found)
        const name = found.replaceAll("\\", "/")
        // A dot file is never meant for the world; ":" and "*" would be patterns of the router.
        if (/(^|\/)\.|[:*]/.test(name) || (yield* fs.stat(file)).type !== "File") continue
        const contentType = contentTypes[path.extname(name)] ?? "application/octet-stream"
        const asset = yield* Asset.make(yield* fs.readFile(file), contentType, {
          "cache-control": cacheControl(name)
        })
        for (const at of pathsOf(name)) yield* router.get(at, Asset.respond(asset))
      }
    })
  )
