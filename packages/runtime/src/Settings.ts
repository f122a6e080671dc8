import * as Arr from "effect/Array"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Record from "effect/Record"
import * as Schema from "effect/Schema"
import { AuthKeysText } from "./AuthKeys.ts"
import { DatabaseUrl, ServerUrl } from "./DatabaseUrl.ts"
import { DurationText } from "./DurationText.ts"
import { documentation, providerPresets } from "./SettingsDocumentation.ts"
import { SettingsInvalid } from "./SettingsInvalid.ts"
import type { SettingProblem } from "./SettingsInvalid.ts"
import * as SettingsMisspelt from "./SettingsMisspelt.ts"
import * as SettingsSource from "./SettingsSource.ts"
import { WebUrl } from "./WebUrl.ts"

const Port = Schema.NumberFromString.pipe(Schema.int(), Schema.between(0, 65_535)).annotations({
  message: () => ({ message: "must be a port, a whole number from 0 to 65535", override: true })
})

const oneOf = <const Values extends readonly [string, ...Array<string>]>(...values: Values) =>
  Schema.Literal(...values).annotations({
    message: () => ({ message: `must be one of ${values.join(", ")}`, override: true })
  })

const whole = (least: number, most: number) =>
  Schema.NumberFromString.pipe(Schema.int(), Schema.between(least, most)).annotations({
    message: () => ({ message: `must be a whole number from ${least} to ${most}`, override: true })
  })

const Rate = Schema.NumberFromString.pipe(Schema.greaterThan(0), Schema.lessThanOrEqualTo(1)).annotations({
  message: () => ({ message: "must be a share above 0 and up to 1, such as 0.5", override: true })
})

const secretsRule = "must be one secret, or two divided by a comma, each of at least 16 characters"
const Secrets = Schema.transform(Schema.String, Schema.Array(Schema.String.pipe(Schema.minLength(16))), {
  strict: true,
  decode: (text) => text === "" ? [] : text.split(",").map((secret) => secret.trim()),
  encode: (secrets) => secrets.join(",")
}).pipe(
  Schema.maxItems(2),
  Schema.annotations({ message: () => ({ message: secretsRule, override: true }) }),
  Schema.Redacted
)

/** What can be set from outside, by the name it has inside. */
export const SettingsSchema = Schema.Struct({
  httpHost: Schema.NonEmptyString,
  httpPort: Port,
  httpMaxConcurrent: whole(1, 100_000),
  authKeys: AuthKeysText,
  authAnonymous: oneOf("loopback", "everywhere"),
  apiKey: Schema.Redacted(Schema.String),
  dataDir: Schema.NonEmptyString,
  providerUrl: WebUrl,
  providerControlUrl: WebUrl,
  providerPreset: oneOf(...providerPresets),
  webhookSecrets: Secrets,
  providerTimeout: DurationText("10 millis", "4 seconds"),
  providerConcurrent: whole(1, 10_000),
  breakerWindow: DurationText("1 second", "1 hour"),
  breakerMinimumCalls: whole(1, 100_000),
  breakerFailureRate: Rate,
  breakerSlowCall: DurationText("1 millis", "1 minute"),
  breakerSlowRate: Rate,
  breakerOpenWait: DurationText("100 millis", "30 seconds"),
  breakerHalfOpenCalls: whole(1, 10_000),
  sqliteSynchronous: oneOf("FULL", "NORMAL"),
  clusterDatabase: ServerUrl,
  runnerHost: Schema.NonEmptyString,
  runnerListenHost: Schema.NonEmptyString,
  runnerPort: Port,
  shardsPerGroup: whole(1, 1000),
  shardLockExpiration: DurationText("1 second", "5 minutes"),
  shardLockRefresh: DurationText("100 millis", "1 minute"),
  orderDatabase: DatabaseUrl,
  paymentDatabase: DatabaseUrl,
  deliveryDatabase: DatabaseUrl,
  dashboardDatabase: DatabaseUrl
})
type Name = keyof typeof documentation & keyof typeof SettingsSchema.Type

export class Settings
  extends Context.Tag("@saucier/runtime/Settings")<Settings, typeof SettingsSchema.Type>()
{}

/** A URL may hold a password, and the password an @. */
const redact = (value: string): string =>
  value.replaceAll(/\/\/\S*@/g, "//***@").replaceAll(/([?&]password=)[^&\s]*/g, "$1***")

const secret: ReadonlySet<Name> = new Set<Name>(["webhookSecrets", "authKeys", "apiKey"])

const nameOf = (key: string) =>
  Arr.findFirst(Record.keys(documentation), (name) => documentation[name].key === key)

const isName = (name: unknown): name is Name => typeof name === "string" && name in documentation

/** `source` is `environment`, a file, or `default`; `value` shows no secret. */
export const SettingInForce = Schema.Struct({
  key: Schema.String,
  value: Schema.String,
  source: Schema.String,
  byDefault: Schema.String,
  description: Schema.String
}).annotations({ identifier: "SettingInForce" })
export type SettingInForce = typeof SettingInForce.Type

/** Every setting, as this process found it when it started. */
export class SettingsInForce
  extends Context.Tag("@saucier/runtime/SettingsInForce")<SettingsInForce, ReadonlyArray<SettingInForce>>()
{}

const shown = (name: Name, value: string) => secret.has(name) && value !== "" ? "***" : redact(value)

const gather = Effect.gen(function*() {
  const find = yield* SettingsSource.make
  const found = yield* Effect.all(Record.map(documentation, ({ key }) => find(key)))
  const valueOf = (name: Name) =>
    Option.match(found[name], { onNone: () => documentation[name].byDefault, onSome: (_) => _.value })
  const resolved = (byDefault: string) =>
    byDefault.replaceAll(
      /\{(\w+)\}/g,
      (_, key: string) => Option.match(nameOf(key), { onNone: () => "", onSome: valueOf })
    )
  return Record.map(documentation, ({ byDefault }, name) =>
    Option.getOrElse(found[name], () => ({
      value: resolved(byDefault),
      source: "default"
    })))
})

const inForce = Effect.map(gather, (raw) =>
  Record.keys(documentation).map((name): SettingInForce => ({
    key: documentation[name].key,
    value: shown(name, raw[name].value),
    source: raw[name].source,
    byDefault: documentation[name].byDefault,
    description: documentation[name].description
  })))

export const load = Effect.gen(function*() {
  const raw = yield* gather
  const problemOf = (
    { message, path: [name] }: ParseResult.ArrayFormatterIssue
  ): ReadonlyArray<SettingProblem> =>
    isName(name)
      ? [{
        key: documentation[name].key,
        rule: message,
        value: shown(name, raw[name].value),
        source: raw[name].source
      }]
      : []
  const settings = yield* Schema.decodeUnknown(SettingsSchema)(Record.map(raw, ({ value }) => value), {
    errors: "all"
  })
    .pipe(
      Effect.catchTag("ParseError", (error) => {
        const problems = ParseResult.ArrayFormatter.formatErrorSync(error).flatMap(problemOf)
        return Arr.isNonEmptyReadonlyArray(problems) ? new SettingsInvalid({ problems }) : Effect.die(error)
      })
    )
  const { shardLockExpiration, shardLockRefresh } = settings
  if (Duration.greaterThan(Duration.times(shardLockRefresh, 3), shardLockExpiration)) {
    const { source, value } = raw.shardLockExpiration
    return yield* new SettingsInvalid({
      problems: [{
        key: documentation.shardLockRefresh.key,
        rule:
          `must be at most a third of ${documentation.shardLockExpiration.key}, which is "${value}" (${source})`,
        value: raw.shardLockRefresh.value,
        source: raw.shardLockRefresh.source
      }]
    })
  }
  return settings
})

export const layer = Layer.mergeAll(
  Layer.effect(Settings, load),
  Layer.effect(SettingsInForce, inForce),
  Layer.effectDiscard(SettingsMisspelt.warn)
)
