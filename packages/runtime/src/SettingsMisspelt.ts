/**
 * Names that nobody reads, since they are almost, but not quite, those of settings. They are told of and not refused: a
 * release that knows fewer settings must start with those of the next one.
 */
import * as Effect from "effect/Effect"
import { closestMatch } from "leven"
import { documentation } from "./SettingsDocumentation.ts"
import * as SettingsSource from "./SettingsSource.ts"

export interface Misspelt {
  readonly key: string
  /** The setting that it may stand for. */
  readonly meant: string
}

/** Other programs have settings of their own with our prefix: they differ in more. */
const letters = 2

const known = [SettingsSource.folderKey, ...Object.values(documentation).map(({ key }) => key)]

export const among = (names: Iterable<string>): ReadonlyArray<Misspelt> =>
  Array.from(names).flatMap((key) => {
    const meant = known.includes(key)
      ? undefined
      : closestMatch(key.toUpperCase(), known, { maxDistance: letters })
    return meant === undefined ? [] : [{ key, meant }]
  })

export const message = ({ key, meant }: Misspelt): string =>
  `${key} is not a setting and changes nothing; did you mean ${meant}?`

export const found = Effect.map(SettingsSource.names, among)

/** Says each once. */
export const warn = Effect.flatMap(
  found,
  Effect.forEach((misspelt) => Effect.logWarning(message(misspelt)), { discard: true })
)
