/** What a supervisor is told to run. */
import type * as Command from "@effect/platform/Command"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"

/** What a process tells of itself; `orders` counts since it started; null what it does not tell. */
export interface Readings {
  readonly shards: number | null
  readonly orders: number | null
  readonly memoryBytes: number | null
  /** Processor time since it started. */
  readonly cpuSeconds: number | null
  /** Calls at the payment provider that run or wait. */
  readonly providerCalls: number | null
}

/** `absent`: it does not listen, because it starts or ends. `silent`: it listens, and does not answer. */
export type Liveness = "alive" | "silent" | "absent"

/** Each answers within a second or so, whatever the process does. */
export interface Probe {
  readonly live: Effect.Effect<Liveness>
  readonly ready: Effect.Effect<boolean>
  readonly readings: Effect.Effect<Readings>
}

export interface Launch {
  readonly command: Command.Command
  readonly url: string | null
  readonly probe: Probe
  /** The process that does the work, when it is not the one that was started. */
  readonly worker?: Effect.Effect<number | null>
}

/** It could not even be started. */
export class LaunchFailed extends Data.TaggedError("LaunchFailed")<{ readonly message: string }> {}

export interface ServicePlan {
  readonly name: string
  readonly count: number
  /** Why there is never more than one of it; then a restart has to stop it first. */
  readonly alone?: "one-writer" | "fixed"
  /** Called for every start, with the number of the process: a new one may have a new address. */
  readonly launch: (index: number) => Effect.Effect<Launch, LaunchFailed>
}

/** Started one after the other, each when those before it are ready; ended the other way round. */
export type Tiers = ReadonlyArray<ReadonlyArray<ServicePlan>>
