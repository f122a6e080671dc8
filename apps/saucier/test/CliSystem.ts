/** A whole system of its own, started by the command line on a free port. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as CliProcess from "./CliProcess.ts"

const stopLine = "Ctrl-C stops it"

const make = Effect.gen(function*() {
  const folder = yield* CliProcess.folder
  const environment = { SAUCIER_DATA_DIR: folder, SAUCIER_HTTP_PORT: "0", SAUCIER_PROVIDER_PRESET: "instant" }
  const process = yield* CliProcess.saucier(["start"], environment)
  yield* process.printed(stopLine)
  const url = /http:\/\/[^/\s]+/.exec(process.output.text)?.[0] ?? ""
  const curl = /curl .*/.exec(process.output.text)?.[0] ?? ""
  return { ...process, url, curl, folder }
})

export class CliSystem
  extends Context.Tag("@saucier/app-saucier/test/CliSystem")<CliSystem, Effect.Effect.Success<typeof make>>()
{}

export const layer = Layer.scoped(CliSystem, make)
