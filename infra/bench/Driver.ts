/** Puts orders: in a closed loop (each connection sends the next when it has its answer), or at a steady rate. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { randomInt } from "node:crypto"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"
import * as Child from "./Child.ts"
import { because } from "./Failure.ts"
import { order, type Target } from "./Target.ts"

export interface Load {
  readonly acked: number
  readonly ordersPerSecond: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** Answered with anything but 2xx. */
  readonly refused: number
  /** Connections broken, and requests never answered. */
  readonly broken: number
}

const Wrk = Schema.parseJson(Schema.Struct({
  requests: Schema.Number,
  seconds: Schema.Number,
  refused: Schema.Number,
  broken: Schema.Number,
  p50: Schema.Number,
  p99: Schema.Number,
  max: Schema.Number
}))

const Autocannon = Schema.parseJson(Schema.Struct({
  "2xx": Schema.Number,
  non2xx: Schema.Number,
  errors: Schema.Number,
  duration: Schema.Number,
  latency: Schema.Struct({ p50: Schema.Number, p99: Schema.Number, max: Schema.Number })
}))

const script = fileURLToPath(new URL("wrk.lua", import.meta.url))
const wrk = ({ base, post }: Target, connections: number, seconds: number) =>
  Child.run("wrk", [
    "--threads",
    "1",
    "--connections",
    `${connections}`,
    "--duration",
    `${seconds}s`,
    "--timeout",
    "30s",
    "--script",
    script,
    base.origin
  ], {
    BENCH_POST: post,
    BENCH_BODY: order,
    BENCH_SEED: `${randomInt(2 ** 31)}`
  }).pipe(
    Effect.flatMap((printed) => Schema.decode(Wrk)(/^RESULT (.*)$/m.exec(printed)?.[1] ?? printed)),
    Effect.map(({ requests, seconds, ...rest }): Load => {
      const acked = requests - rest.refused
      return { ...rest, acked, ordersPerSecond: acked / seconds }
    })
  )

const program = createRequire(import.meta.url).resolve("autocannon")
const autocannon = ({ base, post }: Target, connections: number, extent: ReadonlyArray<string>) =>
  Child.run(process.execPath, [
    program,
    "--json",
    "--connections",
    `${connections}`,
    "--timeout",
    "30",
    ...extent,
    "--method",
    "POST",
    "--headers",
    "content-type=application/json",
    "--body",
    order,
    new URL(post, base).href
  ]).pipe(
    Effect.flatMap((printed) => Schema.decode(Autocannon)(/^\{.*\}$/m.exec(printed)?.[0] ?? printed)),
    Effect.map(({ "2xx": acked, duration, errors, latency, non2xx }): Load => ({
      acked,
      ordersPerSecond: acked / duration,
      ...latency,
      refused: non2xx,
      broken: errors
    }))
  )

const closed = {
  wrk,
  autocannon: (target: Target, connections: number, seconds: number) =>
    autocannon(target, connections, ["--duration", `${seconds}`])
} as const

/** A C program takes a tenth of the processor time of one on Node, which would compete with what is measured. */
export const find = Effect.matchEffect(Child.run("sh", ["-c", "command -v wrk"]), {
  onSuccess: () => Effect.succeed("wrk" as const),
  onFailure: () => Effect.succeed("autocannon" as const)
})
export type Driver = Effect.Effect.Success<typeof find>

/** Requests in flight at the end are cut off: some more orders exist than were acknowledged. */
export const loop = (driver: Driver, target: Target, connections: number, seconds: number) =>
  closed[driver](target, connections, Math.ceil(seconds))

const steadyConnections = 16

const rated = (target: Target, perSecond: number, extent: ReadonlyArray<string>) =>
  autocannon(target, steadyConnections, [
    "--overallRate",
    `${Math.max(steadyConnections, Math.round(perSecond))}`,
    ...extent
  ])

export const steady = (target: Target, perSecond: number, seconds: number) =>
  rated(target, perSecond, ["--duration", `${Math.ceil(seconds)}`])

/** So many orders, and no longer than thrice the time that they should take. */
export const amount = (target: Target, perSecond: number, orders: number) =>
  rated(target, perSecond, ["--amount", `${orders}`]).pipe(
    Effect.timeoutFail({
      duration: `${Math.ceil(60 + 3 * orders / perSecond)} seconds`,
      onTimeout: () => because(`${orders} orders took more than thrice the time of ${perSecond} a second`)
    })
  )
