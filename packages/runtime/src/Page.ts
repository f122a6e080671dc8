/** The browser's application as it was built: the newest of the builds that a folder holds, each in one of its own. */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { ExitCode } from "./ExitCode.ts"
import * as StaticFiles from "./StaticFiles.ts"

export class PageNotBuilt extends Schema.TaggedError<PageNotBuilt>()("PageNotBuilt", {
  folder: Schema.String
}) {
  readonly exitCode = ExitCode.failure
  override get message() {
    return `The web page is not built: there is none in ${this.folder}. Run: npx pnpm@12 install`
  }
}

const newest = (folder: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const names = yield* Effect.orElseSucceed(fs.readDirectory(folder), () => [])
    const builds = yield* Effect.forEach(names, (name) =>
      fs.stat(path.join(folder, name, "index.html")).pipe(
        Effect.map((
          { mtime }
        ) => [{ folder: path.join(folder, name), at: Option.getOrThrow(mtime).getTime() }]),
        Effect.orElseSucceed(() => [])
      ))
    const [latest] = builds.flat().toSorted((a, b) => b.at - a.at)
    return latest === undefined ? yield* new PageNotBuilt({ folder }) : latest.folder
  })

/** Its files, with the index at `/` and at every path below `/app/`, which the application draws by itself. */
export const routes = (folder: string) =>
  Layer.unwrapEffect(Effect.map(newest(folder), (build) => StaticFiles.routes(build, ["/app/*"])))
