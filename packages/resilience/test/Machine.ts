/** The pure core on a clock that only moves when told, with the wake-ups that the breaker would have. Times in ms. */
import type { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import type { CircuitBreakerEvent } from "@saucier/resilience/CircuitBreakerEvent"
import * as CircuitBreakerRules from "@saucier/resilience/CircuitBreakerRules"
import * as State from "@saucier/resilience/CircuitBreakerState"
import * as Step from "@saucier/resilience/CircuitBreakerStep"
import type { Outcome } from "@saucier/resilience/Outcome"

export class Machine {
  readonly rules: CircuitBreakerRules.CircuitBreakerRules
  readonly events: Array<CircuitBreakerEvent> = []
  state: State.CircuitBreakerState
  now = 0

  constructor(config: CircuitBreakerConfig, salt = 1) {
    this.rules = CircuitBreakerRules.make("machine", config, salt)
    this.state = State.initial(this.rules)
  }

  get nanos(): number {
    return this.now * 1e6
  }

  take<A extends Step.Step>(step: A): A {
    this.state = step.state
    this.events.push(...step.events)
    return step
  }

  acquire(): Step.Permit | undefined {
    return this.take(Step.acquire(this.rules, this.state, this.nanos)).permit
  }

  complete(permit: Step.Permit, outcome: Outcome): void {
    const end = { permit, outcome, duration: this.nanos - permit.startedAt }
    this.take(Step.complete(this.rules, this.state, end, this.nanos))
  }

  /** One call that takes no time; false when it was refused. */
  call(outcome: Outcome): boolean {
    const permit = this.acquire()
    if (permit !== undefined) this.complete(permit, outcome)
    return permit !== undefined
  }

  /** Calls until one is refused; a breaker that never does is a fault. */
  callUntilRefused(outcome: Outcome): void {
    for (let calls = 0; this.call(outcome); calls++) if (calls > 1000) throw new Error("It never refuses")
  }

  advance(millis: number): void {
    const target = this.now + millis
    for (let wakeUps = 0;; wakeUps++) {
      if (wakeUps > 10_000) throw new Error("The time stands still")
      const due = State.dueAt(this.rules, this.state, this.nanos)
      if (due === null || due > target * 1e6) break
      this.now = Math.max(this.now, due / 1e6)
      this.take(Step.tick(this.rules, this.state, Math.max(this.nanos, due)))
    }
    this.now = target
  }

  force(to: Step.ForcedState): void {
    this.take(Step.force(this.rules, this.state, to, this.nanos))
  }

  reset(): void {
    this.take(Step.reset(this.rules, this.state, this.nanos))
  }

  get counts() {
    return State.countsAt(this.rules, this.state, this.nanos)
  }
}
