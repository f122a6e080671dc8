import { assert, describe } from "@effect/vitest"
import * as CallWindow from "@saucier/resilience/CallWindow"
import type { CircuitBreakerEvent } from "@saucier/resilience/CircuitBreakerEvent"
import * as Step from "@saucier/resilience/CircuitBreakerStep"
import * as Duration from "effect/Duration"
import * as FastCheck from "effect/FastCheck"
import * as Arbitraries from "./Arbitraries.ts"
import { Machine } from "./Machine.ts"
import { property } from "./Property.ts"
import { ReferenceBreaker, type Ticket } from "./ReferenceBreaker.ts"
import * as Script from "./Script.ts"

const { array, boolean, integer, record } = FastCheck

/** One line says all, which keeps two thousand histories cheap. */
const describeMachine = ({ counts, state }: Machine) =>
  [
    state._tag,
    state.generation,
    state.openings,
    state._tag === "Open" ? state.until : "",
    state._tag === "HalfOpen" ? state.inFlight.length : "",
    counts.calls,
    counts.failures,
    counts.slow
  ].join(" ")

const describeReference = (reference: ReferenceBreaker) => {
  const held = reference.held()
  return [
    reference.state,
    reference.generation,
    reference.openings,
    reference.state === "Open" ? reference.until * 1e6 : "",
    reference.state === "HalfOpen" ? reference.tickets.length : "",
    held.length,
    held.filter(({ failed }) => failed).length,
    held.filter(({ slow }) => slow).length
  ].join(" ")
}

const countsTowardsRates = (event: CircuitBreakerEvent) =>
  event._tag === "CallSucceeded" || event._tag === "CallSlow" || event._tag === "CallFailed"

describe("the rules of the breaker", () => {
  property("1", "do what the reference does, step by step", Script.exact, (script) => {
    const { machine, permits } = Script.begin(script)
    const reference = new ReferenceBreaker(script.config)
    const tickets: Array<Ticket> = []
    for (const operation of script.operations) {
      switch (operation.type) {
        case "acquire": {
          const ticket = reference.acquire()
          if (ticket !== undefined) tickets.push(ticket)
          break
        }
        case "complete": {
          const [ticket] = tickets.splice(operation.which % Math.max(1, tickets.length), 1)
          if (ticket !== undefined) reference.complete(ticket, operation.outcome)
          break
        }
        case "advance":
          reference.advance(operation.millis)
          break
        case "force":
          if (reference.state !== operation.to) reference.enter(operation.to)
          break
        case "reset":
          if (reference.state !== "Closed") reference.enter("Closed")
          reference.enter("Closed")
          break
      }
      Script.play({ machine, permits }, operation)
      const [actual, expected] = [describeMachine(machine), describeReference(reference)]
      if (actual !== expected) assert.fail(`${actual}, not ${expected}, after ${JSON.stringify(operation)}`)
      if (permits.length !== tickets.length) assert.fail(`another answer to ${JSON.stringify(operation)}`)
    }
  })

  property("2", "never open before the minimum number of calls", Script.attended, (script) => {
    const { events } = Script.playAll(script).machine
    for (const [index, event] of events.entries()) {
      if (event._tag !== "StateTransition" || event.from !== "Closed" || event.to !== "Open") continue
      const generation = event.generation - 1
      const counted = events.slice(0, index).filter((call) =>
        countsTowardsRates(call) && "generation" in call && call.generation === generation
      )
      assert.isAtLeast(counted.length, script.config.minimumNumberOfCalls)
      assert.isAtLeast(event.calls, script.config.minimumNumberOfCalls)
    }
  })

  property("3", "admit nobody while open, until the wait is over", Script.script, (script) => {
    const played = Script.begin(script)
    for (const operation of script.operations) {
      Script.play(played, operation)
      const { rules, state } = played.machine
      if (state._tag !== "Open") continue
      const refused = [0, 0.3, 0.999_999].every((part) => {
        const now = state.since + (state.until - state.since) * part
        const asked = Step.acquire(rules, state, now)
        return asked.permit === undefined && asked.retryAfterNanos === state.until - now &&
          asked.state._tag === "Open"
      })
      const admitted = Step.acquire(rules, state, state.until).permit !== undefined
      if (!refused || !admitted || state.until - state.since < rules.waitNanos) {
        assert.fail(JSON.stringify(state))
      }
    }
  })

  property(
    "5",
    "let no late result change a newer generation",
    record({
      script: Script.attended,
      stale: integer({ min: 1, max: 5 }),
      failed: boolean(),
      late: integer({ min: 0, max: 400 })
    }),
    ({ failed, late, script, stale }) => {
      const { machine } = Script.playAll(script)
      const { rules, state } = machine
      const now = machine.nanos + late * 1e6
      const permit = { generation: state.generation - stale, startedAt: 0 }
      const end = { permit, outcome: failed ? "failure" as const : "success" as const, duration: now }
      const without = Step.tick(rules, state, now).state
      const after = Step.complete(rules, state, end, now)
      assert.deepStrictEqual(after.state, { ...without, sequence: without.sequence + 1 })
    }
  )

  const timeConfig = Arbitraries.breakerConfig(Arbitraries.anyJitter).filter(({ window }) =>
    window.type === "time"
  )
  const outcomes = array(
    record({ after: integer({ min: 0, max: 150 }), failed: boolean(), slow: boolean() }),
    { minLength: 1, maxLength: 60, size: "max" }
  )

  property(
    "6",
    "forget everything once a time window has passed without calls",
    record({ config: timeConfig, outcomes, more: integer({ min: 0, max: 5000 }) }),
    ({ config, more, outcomes }) => {
      const { rules } = new Machine(config)
      let window = CallWindow.empty(rules.window)
      let now = 0
      for (const { after, failed, slow } of outcomes) {
        now += after * 1e6
        window = CallWindow.push(rules.window, window, { failed, slow, at: now })
      }
      assert.isAtLeast(CallWindow.countsAt(rules.window, window, now).calls, 1)
      const size = Duration.toMillis(config.window.type === "time" ? config.window.size : Duration.zero) * 1e6
      const later = now + size + more * 1e6
      assert.deepStrictEqual(CallWindow.countsAt(rules.window, window, later), {
        calls: 0,
        failures: 0,
        slow: 0
      })
      assert.isNull(CallWindow.expiresAt(rules.window, window, later))
    }
  )

  property(
    "7",
    "take the rates from exactly the last calls, or from a time that is exact to one bucket",
    record({
      config: Arbitraries.breakerConfig(Arbitraries.anyJitter),
      outcomes,
      pause: integer({ min: 0, max: 1500 })
    }),
    ({ config, outcomes, pause }) => {
      const { rules } = new Machine(config)
      const pushed: Array<{ readonly failed: boolean; readonly slow: boolean; readonly at: number }> = []
      let window = CallWindow.empty(rules.window)
      let now = 0
      const failuresSince = (from: number) => pushed.filter(({ at, failed }) => failed && at > from).length
      const check = () => {
        const counts = CallWindow.countsAt(rules.window, window, now)
        if (rules.window.type === "count") {
          const last = pushed.slice(-rules.window.size)
          assert.strictEqual(counts.calls, last.length)
          assert.strictEqual(counts.failures, last.filter(({ failed }) => failed).length)
          assert.strictEqual(counts.slow, last.filter(({ slow }) => slow).length)
        } else {
          const size = rules.window.bucketNanos * rules.window.buckets
          assert.isAtMost(counts.failures, failuresSince(now - size))
          assert.isAtLeast(counts.failures, failuresSince(now - size + rules.window.bucketNanos))
        }
      }
      for (const { after, failed, slow } of outcomes) {
        now += after * 1e6
        window = CallWindow.push(rules.window, window, { failed, slow, at: now })
        pushed.push({ failed, slow, at: now })
        check()
      }
      now += pause * 1e6
      check()
    }
  )

  property(
    "10",
    "close on a healthy provider within the wait and the longest half-open time",
    record({
      config: Arbitraries.breakerConfig(Arbitraries.anyJitter).filter(({ maxWaitDurationInHalfOpenState }) =>
        Duration.toMillis(maxWaitDurationInHalfOpenState) < Infinity
      ),
      reopenings: integer({ min: 0, max: 6 }),
      every: integer({ min: 1, max: 40 })
    }),
    ({ config, every, reopenings }) => {
      const machine = new Machine(config)
      const breakDown = () => machine.callUntilRefused("failure")
      breakDown()
      for (let round = 0; round < reopenings; round++) {
        if (machine.state._tag === "Open") machine.advance(Math.ceil(machine.state.until / 1e6) - machine.now)
        breakDown()
      }
      assert(machine.state._tag === "Open")
      const longest = machine.state.until / 1e6 + Duration.toMillis(config.maxWaitDurationInHalfOpenState) +
        2 * every
      const isClosed = () => machine.state._tag === "Closed"
      while (machine.now < longest && !isClosed()) {
        machine.advance(every)
        machine.call("success")
      }
      assert.isTrue(isClosed())
    }
  )

  property(
    "11",
    "wait longer each time they open in a row, up to the cap, and start anew once closed",
    record({
      config: Arbitraries.breakerConfig(Arbitraries.anyJitter),
      salt: Arbitraries.seed,
      rounds: integer({ min: 2, max: 12 })
    }),
    ({ config, rounds, salt }) => {
      const machine = new Machine(config, salt)
      const { backoffFactor, jitter, maxWaitNanos, waitNanos } = machine.rules
      const open = (): number => {
        machine.callUntilRefused("failure")
        const { state } = machine
        assert(state._tag === "Open")
        machine.advance(Math.ceil(state.until / 1e6) - machine.now)
        return state.until - state.since
      }
      const waits = Array.from({ length: rounds }, open)
      for (const [index, wait] of waits.entries()) {
        const plain = Math.min(maxWaitNanos, waitNanos * backoffFactor ** index)
        assert.isAtLeast(wait, plain * 0.999_999)
        assert.isAtMost(wait, Math.min(maxWaitNanos, plain * (1 + jitter)) * 1.000_001)
        if (backoffFactor >= 1 + jitter) assert.isAtLeast(wait, (waits[index - 1] ?? 0) * 0.999_999)
      }
      for (let calls = 0; calls < 10 && machine.state._tag !== "Closed"; calls++) {
        assert.isTrue(machine.call("success"))
      }
      assert.isAtMost(open(), Math.min(maxWaitNanos, waitNanos * (1 + jitter)) * 1.000_001)
    }
  )

  property("18", "leave a forced state only by an operator", Script.script, (script) => {
    const played = Script.begin(script)
    const half = Math.floor(script.operations.length / 2)
    for (const operation of script.operations.slice(0, half)) Script.play(played, operation)
    const { machine } = played
    machine.force("ForcedOpen")
    const before = machine.events.length
    for (const operation of script.operations.slice(half)) Script.play(played, operation)
    machine.advance(3_600_000)
    assert.isFalse(machine.call("success"))
    assert.strictEqual(machine.state._tag, "ForcedOpen")
    assert.isFalse(machine.events.slice(before).some(({ _tag }) => _tag === "StateTransition"))
    machine.reset()
    assert.isTrue(machine.call("success"))
  })

  property(
    "19",
    "tell beforehand what a call would meet, and keep no place for it",
    Script.attended,
    (script) => {
      const played = Script.begin(script)
      for (const operation of script.operations) {
        Script.play(played, operation)
        const { nanos, rules, state } = played.machine
        const told = Step.preview(rules, state, nanos)
        const met = Step.acquire(rules, state, nanos)
        assert.deepStrictEqual(told, met.permit === undefined ? met : { ...met, state, events: [] })
      }
    }
  )
})
