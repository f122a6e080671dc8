/** The breaker as one would explain it at a whiteboard: every result is kept, every rate is counted anew. Times in ms. */
import type { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import * as Duration from "effect/Duration"

interface Result {
  readonly at: number
  readonly failed: boolean
  readonly slow: boolean
}

export interface Ticket {
  readonly generation: number
  readonly startedAt: number
}

export class ReferenceBreaker {
  state = "Closed"
  now = 0
  generation = 0
  openings = 0
  until = 0
  results: Array<Result> = []
  tickets: Array<Ticket> = []
  firstTrialAt: number | undefined
  exceeded = false
  readonly config: CircuitBreakerConfig

  constructor(config: CircuitBreakerConfig) {
    this.config = config
  }

  held(): ReadonlyArray<Result> {
    const { window } = this.config
    if (this.state === "HalfOpen") return this.results
    if (window.type === "count") return this.results.slice(-window.size)
    const bucket = Duration.toMillis(window.size) / window.buckets
    const oldest = Math.floor(this.now / bucket) - window.buckets
    return this.results.filter(({ at }) => Math.floor(at / bucket) > oldest)
  }

  enter(state: string): void {
    this.generation++
    this.state = state
    this.results = []
    this.tickets = []
    this.firstTrialAt = undefined
    this.exceeded = false
    if (state === "Open") {
      const { openBackoff, waitDurationInOpenState } = this.config
      const wait = Duration.toMillis(waitDurationInOpenState) * openBackoff.factor ** this.openings
      this.until = this.now + Math.min(wait, Duration.toMillis(openBackoff.max))
      this.openings++
    } else if (state !== "HalfOpen") this.openings = 0
  }

  tooHigh(results: ReadonlyArray<Result>): boolean {
    const { failureRateThreshold, slowCallRateThreshold } = this.config
    return results.filter(({ failed }) => failed).length >= failureRateThreshold * results.length ||
      results.filter(({ slow }) => slow).length >= slowCallRateThreshold * results.length
  }

  tick(asked = false): void {
    const { automaticTransition, maxWaitDurationInHalfOpenState, slowCallDurationThreshold } = this.config
    if (this.state === "Open" && this.now >= this.until && (asked || automaticTransition)) {
      this.enter("HalfOpen")
    } else if (
      this.state === "HalfOpen" && this.firstTrialAt !== undefined &&
      this.now >= this.firstTrialAt + Duration.toMillis(maxWaitDurationInHalfOpenState)
    ) {
      const overdue = this.tickets.filter(({ startedAt }) =>
        this.now - startedAt > Duration.toMillis(slowCallDurationThreshold)
      )
      const judged = [...this.results, ...overdue.map(() => ({ at: this.now, failed: false, slow: true }))]
      this.enter(judged.length === 0 || this.tooHigh(judged) ? "Open" : "Closed")
    }
  }

  advance(millis: number): void {
    const target = this.now + millis
    for (;;) {
      const trialsEnd = (this.firstTrialAt ?? Infinity) +
        Duration.toMillis(this.config.maxWaitDurationInHalfOpenState)
      const due = this.state === "Open" && this.config.automaticTransition
        ? this.until
        : this.state === "HalfOpen"
        ? trialsEnd
        : Infinity
      if (due > target) break
      this.now = Math.max(this.now, due)
      this.tick()
    }
    this.now = target
  }

  acquire(): Ticket | undefined {
    this.tick(true)
    const ticket = { generation: this.generation, startedAt: this.now }
    if (this.state === "HalfOpen") {
      if (
        this.tickets.length + this.results.length >= this.config.permittedNumberOfCallsInHalfOpenState
      ) return undefined
      this.firstTrialAt ??= this.now
      this.tickets.push(ticket)
      return ticket
    }
    return this.state === "Open" || this.state === "ForcedOpen" ? undefined : ticket
  }

  complete(ticket: Ticket, outcome: "success" | "failure" | "ignore"): void {
    this.tick()
    if (ticket.generation !== this.generation) return
    this.tickets = this.tickets.filter((other) => other !== ticket)
    if (outcome === "ignore" || this.state === "Disabled") return
    const slow = this.now - ticket.startedAt > Duration.toMillis(this.config.slowCallDurationThreshold)
    this.results.push({ at: this.now, failed: outcome === "failure", slow })
    const held = this.held()
    if (this.state === "HalfOpen") {
      if (held.length === this.config.permittedNumberOfCallsInHalfOpenState) {
        this.enter(this.tooHigh(held) ? "Open" : "Closed")
      }
    } else if (
      this.state === "Closed" && held.length >= this.config.minimumNumberOfCalls && this.tooHigh(held)
    ) {
      this.enter("Open")
    }
  }
}
