/** A folder of files, all known when the server starts: a path outside of it does not exist. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import type * as HttpRouter from "@effect/platform/HttpRouter"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
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

const codings = [["br", ".br"], ["gzip", ".gz"]] as const

/** Files beside another that hold it compressed. */
const isEncoded = (name: string) => codings.some(([, extension]) => name.endsWith(extension))

/** Where a file answers. `views` are the paths that the index draws by itself. */
const pathsOf = (
  name: string,
  views: ReadonlyArray<HttpRouter.PathInput>
): ReadonlyArray<HttpRouter.PathInput> =>
  name === "index.html" ? ["/", "/index.html", ...views] : [`/${name}`]

export const routes = (folder: string, views: ReadonlyArray<HttpRouter.PathInput> = []) =>
  HttpApiBuilder.Router.use((router) =>
    Effect.gen(function*() {
      const fs = yield* FileSystem.FileSystem
      const path = yield* Path.Path
      const encodedOf = (file: string) =>
        Effect.forEach(codings, ([coding, extension]) =>
          fs.readFile(file + extension).pipe(
            Effect.map((body): Asset.Encoded => ({ coding, body })),
            Effect.option
          )).pipe(Effect.map((found) => found.flatMap(Option.toArray)))
      for (const found of yield* fs.readDirectory(folder, { recursive: true })) {
        const file = path.join(folder, found)
        const name = found.replaceAll("\\", "/")
        // A dot file is never meant for the world; ":" and "*" would be patterns of the router.
        if (/(^|\/)\.|[:*]/.test(name) || isEncoded(name) || (yield* fs.stat(file)).type !== "File") continue
        const contentType = contentTypes[path.extname(name)] ?? "application/octet-stream"
        const asset = yield* Asset.make(
          yield* fs.readFile(file),
          contentType,
          { "cache-control": cacheControl(name) },
          yield* encodedOf(file)
        )
        for (const at of pathsOf(name, views)) yield* router.get(at, Asset.respond(asset))
      }
    })
  )
