/** A Node program that ends when we do (`bin/supervised.js`). */
import * as Command from "@effect/platform/Command"
import process from "node:process"

const preload = new URL("../bin/supervised.js", import.meta.url).href

export const command = (program: string) => Command.make(process.execPath, "--import", preload, program)
