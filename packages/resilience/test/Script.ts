/** Random histories of the pure core: any interleaving of admissions and ends, time, and an operator. */
import type { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import type { ForcedState, Permit } from "@saucier/resilience/CircuitBreakerStep"
import type { Outcome } from "@saucier/resilience/Outcome"
import * as FastCheck from "effect/FastCheck"
import * as Arbitraries from "./Arbitraries.ts"
import { Machine } from "./Machine.ts"

export type Operation =
  | { readonly type: "acquire" }
  | { readonly type: "complete"; readonly which: number; readonly outcome: Outcome }
  | { readonly type: "advance"; readonly millis: number }
  | { readonly type: "force"; readonly to: ForcedState }
  | { readonly type: "reset" }

export interface Script {
  readonly config: CircuitBreakerConfig
  readonly salt: number
  readonly operations: ReadonlyArray<Operation>
}

const { array, constant, constantFrom, integer, nat, oneof, record } = FastCheck

const acquire: FastCheck.Arbitrary<Operation> = constant({ type: "acquire" })
const complete: FastCheck.Arbitrary<Operation> = record({
  type: constant("complete" as const),
  which: nat(20),
  outcome: constantFrom("success" as const, "failure" as const, "failure" as const, "ignore" as const)
})
const advance: FastCheck.Arbitrary<Operation> = record({
  type: constant("advance" as const),
  millis: oneof(Arbitraries.lengths, integer({ min: 1, max: 300 }))
})
const operator: FastCheck.Arbitrary<Operation> = oneof(
  record({
    type: constant("force" as const),
    to: constantFrom("ForcedOpen" as const, "Disabled" as const, "MetricsOnly" as const)
  }),
  constant({ type: "reset" as const })
)

const scriptOf = (operation: FastCheck.Arbitrary<Operation>, jitter: FastCheck.Arbitrary<number>) =>
  record({
    config: Arbitraries.breakerConfig(jitter),
    salt: Arbitraries.seed,
    operations: array(operation, { minLength: 10, maxLength: 120, size: "max" })
  })

const unattended = [
  { weight: 6, arbitrary: acquire },
  { weight: 6, arbitrary: complete },
  { weight: 3, arbitrary: advance }
]

/** Nobody interferes. */
export const script = scriptOf(oneof(...unattended), Arbitraries.anyJitter)
/** An operator does. */
export const attended = scriptOf(
  oneof(...unattended, { weight: 1, arbitrary: operator }),
  Arbitraries.anyJitter
)
/** An operator does, and waits are whole milliseconds. */
export const exact = scriptOf(oneof(...unattended, { weight: 1, arbitrary: operator }), constant(0))

export interface Played {
  readonly machine: Machine
  readonly permits: Array<Permit>
}

export const begin = ({ config, salt }: Script): Played => ({
  machine: new Machine(config, salt),
  permits: []
})

export const play = ({ machine, permits }: Played, operation: Operation): void => {
  switch (operation.type) {
    case "acquire": {
      const permit = machine.acquire()
      if (permit !== undefined) permits.push(permit)
      break
    }
    case "complete": {
      const [permit] = permits.splice(operation.which % Math.max(1, permits.length), 1)
      if (permit !== undefined) machine.complete(permit, operation.outcome)
      break
    }
    case "advance":
      machine.advance(operation.millis)
      break
    case "force":
      machine.force(operation.to)
      break
    case "reset":
      machine.reset()
      break
  }
}

export const playAll = (script: Script): Played => {
  const played = begin(script)
  for (const operation of script.operations) play(played, operation)
  return played
}
