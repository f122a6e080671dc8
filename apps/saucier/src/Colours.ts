/** Colours on a terminal and nowhere else; NO_COLOR and FORCE_COLOR decide before that. */
import * as Effect from "effect/Effect"
import { stripVTControlCharacters } from "node:util"
import pc from "picocolors"

const plain = (values: ReadonlyArray<unknown>) =>
  values.map((value) => typeof value === "string" ? stripVTControlCharacters(value) : value)

/** The help of @effect/cli is always coloured: without colours what it prints is stripped. */
export const whereWanted = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  pc.isColorSupported ? effect : Effect.consoleWith((console) =>
    Effect.withConsole(effect, {
      ...console,
      log: (...values) => console.log(...plain(values)),
      error: (...values) => console.error(...plain(values))
    })
  )

export const { bold, cyan, dim, green, magenta, red, yellow } = pc
