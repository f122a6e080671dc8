import * as Schema from "effect/Schema"
import { ExitCode } from "./ExitCode.ts"

export const SettingProblem = Schema.Struct({
  key: Schema.String,
  rule: Schema.String,
  value: Schema.String,
  source: Schema.String
})
export type SettingProblem = typeof SettingProblem.Type

/** All that is wrong with the settings, at once. */
export class SettingsInvalid extends Schema.TaggedError<SettingsInvalid>()("SettingsInvalid", {
  problems: Schema.NonEmptyArray(SettingProblem)
}) {
  readonly exitCode = ExitCode.badConfiguration
  override get message() {
    const lines = this.problems.map(({ key, rule, source, value }) =>
      `  ${key} ${rule}, not "${value}" (${source})`
    )
    return ["The settings are not valid:", ...lines].join("\n")
  }
}
