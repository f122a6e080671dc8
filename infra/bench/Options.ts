/** What the command line asks for. */
import * as Effect from "effect/Effect"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { parseArgs } from "node:util"
import { because } from "./Failure.ts"

export const usage =
  `pnpm bench [--levels 1,16,64,256] [--seconds 10] [--warmup 3]   load at so many connections
pnpm bench --profile [--levels 64]                              where the processor time goes
pnpm bench --memory [--orders 100000] [--rate 500]              memory over many orders
pnpm bench --start                                              from the command to the first order
pnpm bench --breaker                                            the circuit breaker before a provider that grows slow
pnpm bench --telemetry [--levels 64] [--rounds 7] [--seconds 5] what traces cost: off, one in a hundred, all

Saucier is started on fresh storage for each run. To drive another server with the same contract:
  --against http://127.0.0.1:3900 [--name restate] [--pids 12,34]
  [--post '/Order/{uuid}/create'] [--get '/Dashboard/{id}/get'] [--counts http://127.0.0.1:3901/counts]`

const number = Schema.NumberFromString.pipe(Schema.positive())
const whole = number.pipe(Schema.int())
const list = (value: typeof whole) => Schema.split(",").pipe(Schema.compose(Schema.Array(value)))

const Options = Schema.Struct({
  mode: Schema.Literal("levels", "profile", "memory", "start", "breaker", "telemetry"),
  levels: list(whole),
  rounds: whole.pipe(Schema.lessThanOrEqualTo(100)),
  seconds: number.pipe(Schema.lessThanOrEqualTo(120)),
  warmup: number.pipe(Schema.lessThanOrEqualTo(60)),
  orders: whole,
  rate: number,
  against: Schema.optional(Schema.URL),
  name: Schema.String,
  pids: Schema.optional(list(whole)),
  post: Schema.optional(Schema.String),
  get: Schema.String,
  counts: Schema.optional(Schema.URL)
})
export type Options = typeof Options.Type

const text = (byDefault: string) => ({ type: "string", default: byDefault }) as const
const flag = { type: "boolean", default: false } as const

const parse = (args: Array<string>) => {
  const { values: { breaker, memory, profile, start, telemetry, ...values } } = parseArgs({
    args,
    options: {
      profile: flag,
      memory: flag,
      start: flag,
      breaker: flag,
      telemetry: flag,
      rounds: text("7"),
      levels: { type: "string" },
      seconds: { type: "string" },
      warmup: { type: "string" },
      orders: text("100000"),
      rate: text("500"),
      against: { type: "string" },
      name: text("peer"),
      pids: { type: "string" },
      post: { type: "string" },
      get: { type: "string" },
      counts: { type: "string" }
    }
  })
  const flags = { profile, memory, start, breaker, telemetry }
  const [mode = "levels"] = Object.entries(flags).flatMap(([name, given]) => given ? [name] : [])
  const { against, get, levels, seconds, warmup } = values
  return {
    ...values,
    mode,
    levels: levels ?? (profile || telemetry ? "64" : "1,16,64,256"),
    seconds: seconds ?? (telemetry ? "5" : "10"),
    warmup: warmup ?? (telemetry ? "10" : "3"),
    get: get ?? (against === undefined ? "/orderDashboards/{id}" : "/dashboard/orders/{id}")
  }
}

/** Each wrong option by its name, then how it is done right. */
const problems = (issues: ReadonlyArray<ParseResult.ArrayFormatterIssue>) =>
  issues.map(({ message, path: [name] }) => `--${String(name)}: ${message}`).join("\n")

export const load = (args: Array<string>) =>
  Effect.try({ try: () => parse(args), catch: (error) => `${error}` }).pipe(
    Effect.flatMap((values) =>
      Effect.mapError(
        Schema.decodeUnknown(Options)(values),
        (error) => problems(ParseResult.ArrayFormatter.formatErrorSync(error))
      )
    ),
    Effect.mapError((problem) => because(`${problem}\n\n${usage}`))
  )
