/** What can be set from outside: the environment, or a mounted file of that name (SAUCIER_CONFIG_DIR). */
import { presets } from "@saucier/payment/ProviderPresets"
import { type SettingProblem, SettingsInvalid } from "@saucier/runtime/SettingsInvalid"
import * as SettingsSource from "@saucier/runtime/SettingsSource"
import * as Arr from "effect/Array"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Record from "effect/Record"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"

const must = (message: string) => ({ message: () => ({ message, override: true }) })

const whole = (least: number, most: number) =>
  Schema.NumberFromString.pipe(Schema.int(), Schema.between(least, most))
    .annotations(must(`must be a whole number from ${least} to ${most}`))

const Port = Schema.NumberFromString.pipe(Schema.int(), Schema.between(0, 65_535))
  .annotations(must("must be a port, a whole number from 0 to 65535"))

const isWebUrl = (text: string) => URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol)
const WebUrl = Schema.String.pipe(Schema.filter(isWebUrl)).annotations(
  must("must be an http or https address")
)

/** Two while they are rotated. */
const Secrets = Schema.Redacted(Schema.String.pipe(Schema.pattern(/^[^,]{16,}(,[^,]{16,})?$/)))
  .annotations(must("must be one secret, or two divided by a comma, each of at least 16 characters"))

const settings = {
  httpHost: { key: "SAUCIER_PROVIDER_HTTP_HOST", byDefault: "127.0.0.1" },
  httpPort: { key: "SAUCIER_PROVIDER_HTTP_PORT", byDefault: "8089" },
  controlPort: { key: "SAUCIER_PROVIDER_CONTROL_PORT", byDefault: "8090" },
  dataDir: { key: "SAUCIER_PROVIDER_DATA_DIR", byDefault: "./data/provider" },
  preset: { key: "SAUCIER_PROVIDER_PRESET", byDefault: "healthy" },
  lostReplyRate: { key: "SAUCIER_PROVIDER_LOST_REPLY_RATE", byDefault: "0" },
  capacity: { key: "SAUCIER_PROVIDER_CAPACITY", byDefault: "64" },
  waiting: { key: "SAUCIER_PROVIDER_WAITING", byDefault: "1000" },
  seed: { key: "SAUCIER_PROVIDER_SEED", byDefault: undefined },
  webhookUrl: { key: "SAUCIER_PROVIDER_WEBHOOK_URL", byDefault: undefined },
  webhookSecret: { key: "SAUCIER_PROVIDER_WEBHOOK_SECRET", byDefault: undefined }
} as const
type Name = keyof typeof settings

const isName = (name: unknown): name is Name => typeof name === "string" && name in settings

const Schemas = Schema.Struct({
  httpHost: Schema.NonEmptyString,
  httpPort: Port,
  controlPort: Port,
  dataDir: Schema.NonEmptyString,
  preset: Schema.Literal(...presets).annotations(must(`must be one of ${presets.join(", ")}`)),
  lostReplyRate: Schema.NumberFromString.pipe(Schema.between(0, 1))
    .annotations(must("must be a share from 0 to 1, such as 0.01")),
  capacity: whole(1, 100_000),
  waiting: whole(0, 1_000_000),
  seed: Schema.optional(Schema.String),
  webhookUrl: Schema.optional(WebUrl),
  webhookSecret: Schema.optional(Secrets)
})

export class ProviderSettings
  extends Context.Tag("@saucier/app-provider/ProviderSettings")<ProviderSettings, typeof Schemas.Type>()
{}

const alone: SettingProblem = {
  key: settings.webhookSecret.key,
  rule: `must be set when ${settings.webhookUrl.key} is`,
  value: "",
  source: "default"
}

export const load = Effect.gen(function*() {
  const find = yield* SettingsSource.make
  const found = yield* Effect.all(Record.map(settings, ({ key }) => find(key)))
  const raw = Record.map(
    settings,
    ({ byDefault }, name) =>
      Option.match(found[name], { onNone: () => byDefault, onSome: ({ value }) => value })
  )
  const problemOf = (
    { message, path: [name] }: ParseResult.ArrayFormatterIssue
  ): ReadonlyArray<SettingProblem> => {
    if (!isName(name)) return []
    const { source, value } = Option.getOrElse(found[name], () => ({ source: "default", value: "" }))
    const shown = name === "webhookSecret" ? "***" : value
    return [{ key: settings[name].key, rule: message, value: shown, source }]
  }
  const loaded = yield* Effect.catchTag(
    Schema.decodeUnknown(Schemas)(raw, { errors: "all" }),
    "ParseError",
    (error) => {
      const found = ParseResult.ArrayFormatter.formatErrorSync(error).flatMap(problemOf)
      const problems = Arr.dedupeWith(found, (a, b) => a.key === b.key)
      return Arr.isNonEmptyReadonlyArray(problems) ? new SettingsInvalid({ problems }) : Effect.die(error)
    }
  )
  return loaded.webhookUrl !== undefined && loaded.webhookSecret === undefined
    ? yield* new SettingsInvalid({ problems: [alone] })
    : loaded
})

export const layer = Layer.effect(ProviderSettings, load)

export const secretsOf = (secret: Redacted.Redacted): Arr.NonEmptyReadonlyArray<Redacted.Redacted> => {
  const [first = "", ...others] = Redacted.value(secret).split(",")
  return Arr.map(Arr.make(first, ...others), (one) => Redacted.make(one.trim()))
}
