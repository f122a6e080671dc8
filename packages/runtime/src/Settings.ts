import * as Arr from "effect/Array"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Record from "effect/Record"
import * as Schema from "effect/Schema"
import { DatabaseUrl } from "./DatabaseUrl.ts"
import { DurationText } from "./DurationText.ts"
import { SettingsInvalid } from "./SettingsInvalid.ts"
import type { SettingProblem } from "./SettingsInvalid.ts"
import * as SettingsSource from "./SettingsSource.ts"
import { SqliteUrl } from "./SqliteUrl.ts"
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

const providerPresets = [
  "instant",
  "healthy",
  "seed",
  "brownout",
  "slow",
  "down",
  "decline",
  "hang",
  "lost-reply",
  "duplicate-webhook"
] as const

/** What can be set from outside, by the name it has inside. */
export const SettingsSchema = Schema.Struct({
  httpHost: Schema.NonEmptyString,
  httpPort: Port,
  httpMaxConcurrent: whole(1, 100_000),
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
  orderDatabase: DatabaseUrl,
  paymentDatabase: DatabaseUrl,
  deliveryDatabase: SqliteUrl,
  dashboardDatabase: SqliteUrl
})
type Name = keyof typeof SettingsSchema.Type

const dataDir = "SAUCIER_DATA_DIR"
const eitherDatabase = "sqlite:<path> | postgres://<server>"
const database = (context: string, type = "sqlite:<path>") => ({
  key: `SAUCIER_${context.toUpperCase()}_DATABASE_URL`,
  type,
  byDefault: `sqlite:{${dataDir}}/${context}.db`,
  description: `Where ${context} keeps its events`
})

/** What people read about each setting; `{NAME}` in a default is the value of another. */
export const documentation = {
  httpHost: {
    key: "SAUCIER_HTTP_HOST",
    type: "address",
    byDefault: "127.0.0.1",
    description: "Address to listen on"
  },
  httpPort: {
    key: "SAUCIER_HTTP_PORT",
    type: "port",
    byDefault: "8088",
    description: "Port to listen on, 0 for any"
  },
  httpMaxConcurrent: {
    key: "SAUCIER_HTTP_MAX_CONCURRENT",
    type: "number",
    byDefault: "500",
    description: "Requests that change something, at once; who comes beyond is answered 429"
  },
  dataDir: { key: dataDir, type: "path", byDefault: "./data", description: "Folder of the SQLite files" },
  providerUrl: {
    key: "SAUCIER_PROVIDER_URL",
    type: "address",
    byDefault: "",
    description: "Where the payment provider is; without it the stand-in runs in this process"
  },
  providerControlUrl: {
    key: "SAUCIER_PROVIDER_CONTROL_URL",
    type: "address",
    byDefault: "",
    description: "Where the presets of a stand-in at SAUCIER_PROVIDER_URL are switched"
  },
  providerPreset: {
    key: "SAUCIER_PROVIDER_PRESET",
    type: providerPresets.join(" | "),
    byDefault: "healthy",
    description: "How the stand-in payment provider behaves"
  },
  webhookSecrets: {
    key: "SAUCIER_WEBHOOK_SECRETS",
    type: "secrets",
    byDefault: "",
    description:
      "What the provider signs its webhooks with, two while they are rotated; without any, none is taken"
  },
  providerTimeout: {
    key: "SAUCIER_PROVIDER_TIMEOUT",
    type: "duration",
    byDefault: "3 seconds",
    description: "After it one attempt at the provider counts as unanswered, and its outcome as unknown"
  },
  providerConcurrent: {
    key: "SAUCIER_PROVIDER_CONCURRENT",
    type: "number",
    byDefault: "64",
    description: "Calls to the provider at once; four times as many wait for a place, up to a second"
  },
  breakerWindow: {
    key: "SAUCIER_BREAKER_WINDOW",
    type: "duration",
    byDefault: "10 seconds",
    description: "How far back the circuit breaker looks"
  },
  breakerMinimumCalls: {
    key: "SAUCIER_BREAKER_MINIMUM_CALLS",
    type: "number",
    byDefault: "20",
    description: "With fewer calls in the window it does not open"
  },
  breakerFailureRate: {
    key: "SAUCIER_BREAKER_FAILURE_RATE",
    type: "share",
    byDefault: "0.5",
    description: "From this share of failed calls on it opens"
  },
  breakerSlowCall: {
    key: "SAUCIER_BREAKER_SLOW_CALL",
    type: "duration",
    byDefault: "680 millis",
    description: "A call that takes longer is slow"
  },
  breakerSlowRate: {
    key: "SAUCIER_BREAKER_SLOW_RATE",
    type: "share",
    byDefault: "0.5",
    description: "From this share of slow calls on it opens"
  },
  breakerOpenWait: {
    key: "SAUCIER_BREAKER_OPEN_WAIT",
    type: "duration",
    byDefault: "5 seconds",
    description: "How long it stays open at first; twice as long each time it opens again, up to 30 seconds"
  },
  breakerHalfOpenCalls: {
    key: "SAUCIER_BREAKER_HALF_OPEN_CALLS",
    type: "number",
    byDefault: "5",
    description: "Trial calls that decide whether it closes"
  },
  sqliteSynchronous: {
    key: "SAUCIER_SQLITE_SYNCHRONOUS",
    type: "FULL | NORMAL",
    byDefault: "FULL",
    description:
      "FULL survives power loss; NORMAL is faster and may lose the last commits when the machine stops"
  },
  orderDatabase: database("order", eitherDatabase),
  paymentDatabase: database("payment", eitherDatabase),
  deliveryDatabase: database("delivery"),
  dashboardDatabase: { ...database("dashboard"), description: "Where the dashboard keeps its read model" }
} satisfies Record<Name, Record<"key" | "type" | "byDefault" | "description", string>>

export class Settings
  extends Context.Tag("@saucier/runtime/Settings")<Settings, typeof SettingsSchema.Type>()
{}

/** A URL may hold a password, and the password an @. */
const redact = (value: string): string =>
  value.replaceAll(/\/\/\S*@/g, "//***@").replaceAll(/([?&]password=)[^&\s]*/g, "$1***")

const isName = (name: unknown): name is Name => typeof name === "string" && name in documentation

export const load = Effect.gen(function*() {
  const find = yield* SettingsSource.make
  const found = yield* Effect.all(Record.map(documentation, ({ key }) => find(key)))
  const folder = Option.match(found.dataDir, {
    onNone: () => documentation.dataDir.byDefault,
    onSome: (_) => _.value
  })
  const raw = Record.map(documentation, ({ byDefault }, name) =>
    Option.getOrElse(found[name], () => ({
      value: byDefault.replace(`{${dataDir}}`, folder),
      source: "default"
    })))
  const problemOf = (
    { message, path: [name] }: ParseResult.ArrayFormatterIssue
  ): ReadonlyArray<SettingProblem> =>
    isName(name)
      ? [{
        key: documentation[name].key,
        rule: message,
        value: name === "webhookSecrets" ? "***" : redact(raw[name].value),
        source: raw[name].source
      }]
      : []
  return yield* Schema.decodeUnknown(SettingsSchema)(Record.map(raw, ({ value }) => value), { errors: "all" })
    .pipe(
      Effect.catchTag("ParseError", (error) => {
        const problems = ParseResult.ArrayFormatter.formatErrorSync(error).flatMap(problemOf)
        return Arr.isNonEmptyReadonlyArray(problems) ? new SettingsInvalid({ problems }) : Effect.die(error)
      })
    )
})

export const layer = Layer.effect(Settings, load)
