/** `pnpm package <app> <folder>`: makes the folder that the image of an app holds. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Effect from "effect/Effect"
import { resolve } from "node:path"
import process from "node:process"
import * as Packaging from "./Packaging.ts"

const [, , name, folder] = process.argv
const app = Packaging.apps.find((app) => app === name)

if (app === undefined || folder === undefined) {
  process.stderr.write(`usage: pnpm package <${Packaging.apps.join("|")}> <folder>\n`)
  process.exitCode = 2
} else {
  Packaging.make(app, resolve(folder)).pipe(Effect.provide(NodeContext.layer), NodeRuntime.runMain)
}
