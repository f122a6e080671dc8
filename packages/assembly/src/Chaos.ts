/** Language of the chaos desk: what may be done to a running system, what is under way, and what the promises come to meanwhile. */
import { OrderId } from "@saucier/kernel/Ids"
import { Preset } from "@saucier/payment/ProviderPresets"
import { ProcessState } from "@saucier/runtime/SupervisorHttp"
import * as Schema from "effect/Schema"

const oneOf = <const Values extends readonly [string, ...Array<string>]>(...values: Values) =>
  Schema.Literal(...values).annotations({
    message: () => ({ message: `must be one of ${values.join(", ")}`, override: true })
  })

const whole = (least: number, most: number) =>
  Schema.Int.pipe(Schema.between(least, most)).annotations({
    message: () => ({ message: `must be a whole number from ${least} to ${most}`, override: true })
  })

/** Those that run as processes under the supervisor. */
export const chaosServices = [
  "gateway",
  "order",
  "payment",
  "delivery",
  "dashboard",
  "provider",
  "postgres"
] as const
export const ChaosService = oneOf(...chaosServices)
export type ChaosService = typeof ChaosService.Type

/** Orders a second. */
export const rates = [1, 10, 100] as const
export const Rate = Schema.Literal(...rates).annotations({
  message: () => ({ message: `must be one of ${rates.join(", ")}`, override: true })
})

/** How long a fault may last. */
export const longestSeconds = 300
export const mostProcesses = 8

const lasting = { seconds: Schema.optionalWith(whole(1, longestSeconds), { default: () => 30 }) }

/** Without an index, the first process of the service that runs. */
const ofProcess = { service: ChaosService, index: Schema.optional(whole(1, 32)) }

export const PresetStrike = Schema.Struct({ kind: Schema.Literal("preset"), preset: Preset, ...lasting })
export const LoadStrike = Schema.Struct({ kind: Schema.Literal("load"), rate: Rate, ...lasting })
/** `kill -9`: over when its service is ready again. */
export const KillStrike = Schema.Struct({ kind: Schema.Literal("kill"), ...ofProcess })
/** `kill -STOP`, and `kill -CONT` at its end: nobody takes it for a process that hangs. */
export const PauseStrike = Schema.Struct({ kind: Schema.Literal("pause"), ...ofProcess, ...lasting })
/** All processes of a service end in order, and are started again at its end. */
export const StopStrike = Schema.Struct({ kind: Schema.Literal("stop"), service: ChaosService, ...lasting })
/** So many processes, and at its end as many as before. */
export const ScaleStrike = Schema.Struct({
  kind: Schema.Literal("scale"),
  service: ChaosService,
  processes: whole(1, mostProcesses),
  ...lasting
})

/** Every one of them ends by itself. */
export const Strike = Schema.Union(
  PresetStrike,
  LoadStrike,
  KillStrike,
  PauseStrike,
  StopStrike,
  ScaleStrike
)
export type Strike = typeof Strike.Type

/** Ends one fault at once, or all that are under way. */
export const EndStrike = Schema.Struct({
  kind: Schema.Literal("end"),
  fault: Schema.optional(Schema.NonEmptyString)
})
export const ChaosRequest = Schema.Union(...Strike.members, EndStrike).annotations({
  identifier: "ChaosRequest"
})
export type ChaosRequest = typeof ChaosRequest.Type

/** What the README promises, by its codes there. */
export const Guarantee = Schema.Literal("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10")
export type Guarantee = typeof Guarantee.Type

/**
 * What may be seen meanwhile, and is no broken promise:
 * - `slow`: answers take longer
 * - `pending`: 202, the payment is decided later
 * - `declined`: 402, the card was refused
 * - `busy`: 429, nothing was done
 * - `refused`: 503 with Retry-After, nobody was charged
 * - `unreachable`: connections break, or the front door finds no gateway
 * - `late-delivery`, `late-dashboard`: deliveries, or rows, come later
 */
export const Symptom = Schema.Literal(
  "slow",
  "pending",
  "declined",
  "busy",
  "refused",
  "unreachable",
  "late-delivery",
  "late-dashboard"
)
export type Symptom = typeof Symptom.Type

export const Expectation = { holds: Schema.Array(Guarantee), meanwhile: Schema.Array(Symptom) }

/**
 * Epoch milliseconds. `endsAt` is null where the end is not a matter of time. `index` is the process that was hit, null when
 * none or all were. `ending`: its end is under way, such as the start of what was stopped.
 */
export const Fault = Schema.Struct({
  id: Schema.String,
  strike: Schema.typeSchema(Strike),
  index: Schema.NullOr(Schema.Int),
  startedAt: Schema.Number,
  endsAt: Schema.NullOr(Schema.Number),
  phase: Schema.Literal("beginning", "under-way", "ending"),
  ...Expectation
})
export type Fault = typeof Fault.Type

/** One that is over. `trouble` says what went wrong with the fault itself, null when it went as meant. */
export const PastFault = Schema.Struct({
  ...Fault.omit("phase", "endsAt").fields,
  endedAt: Schema.Number,
  trouble: Schema.NullOr(Schema.String)
})
export type PastFault = typeof PastFault.Type

/** What came of the orders of the load that runs, or ran last; `answers` counts by status, `timeout` and `broken`. */
export const Load = Schema.Struct({
  rate: Rate,
  running: Schema.Boolean,
  sent: Schema.Int,
  answered: Schema.Int,
  answers: Schema.Record({ key: Schema.String, value: Schema.Int })
})
export type Load = typeof Load.Type

/**
 * By the logs and the provider's books, as of `at`; null while they have not been read to their end yet. The first three are
 * promised to be 0, at any time.
 * - `lost`: acknowledged to the load, and not in the log
 * - `doubled`: charged, refunded or prepared more than once
 * - `unordered`: charged, and no order
 * - `settling`: neither decided nor ended, or paid and not prepared, or ended and not refunded; 0 a minute after healing
 */
export const Counters = Schema.Struct({
  at: Schema.NullOr(Schema.Number),
  orders: Schema.Int,
  charges: Schema.Int,
  acknowledged: Schema.Int,
  lost: Schema.Int,
  doubled: Schema.Int,
  unordered: Schema.Int,
  settling: Schema.Int,
  /** Some of those that break a promise. */
  examples: Schema.Array(
    Schema.Struct({ orderId: OrderId, counter: Schema.Literal("lost", "doubled", "unordered") })
  )
})
export type Counters = typeof Counters.Type

/** `can`: the strikes that it takes. */
export const ServiceView = Schema.Struct({
  service: ChaosService,
  wanted: Schema.Int,
  can: Schema.Array(Schema.Literal("kill", "pause", "stop", "scale")),
  processes: Schema.Array(Schema.Struct({ index: Schema.Int, state: ProcessState }))
})
export type ServiceView = typeof ServiceView.Type

/** A switch of the panel: a strike as it may be asked for, and what is expected of it. */
export const Offer = Schema.Struct({ strike: Schema.typeSchema(Strike), ...Expectation })
export type Offer = typeof Offer.Type

/** `services` is empty where everything is one process. Of `past` the newest are first. */
export const Chaos = Schema.Struct({
  at: Schema.Number,
  preset: Schema.NullOr(Preset),
  services: Schema.Array(ServiceView),
  offers: Schema.Array(Offer),
  faults: Schema.Array(Fault),
  past: Schema.Array(PastFault),
  load: Schema.NullOr(Load),
  counters: Counters
}).annotations({ identifier: "Chaos" })
export type Chaos = typeof Chaos.Type
