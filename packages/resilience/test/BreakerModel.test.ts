import { assert, describe } from "@effect/vitest"
import type * as CircuitBreaker from "@saucier/resilience/CircuitBreaker"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as FiberId from "effect/FiberId"
import * as Arbitraries from "./Arbitraries.ts"
import { property } from "./Property.ts"
import { ReferenceBreaker, type Ticket } from "./ReferenceBreaker.ts"
import { BadRequest, observed, ProviderDown } from "./Workload.ts"
import * as World from "./World.ts"

type Gate = Deferred.Deferred<string, ProviderDown | BadRequest>

interface Real {
  readonly world: World.World
  readonly breaker: CircuitBreaker.CircuitBreaker
  readonly gates: Array<{ readonly gate: Gate; readonly running: World.Running<unknown, unknown> }>
}

interface Model {
  readonly reference: ReferenceBreaker
  readonly tickets: Array<Ticket>
}

type Command = FastCheck.Command<Model, Real>
type End = "ok" | "down" | "bad-request" | "defect" | "interrupt"

const agree = ({ reference }: Model, { breaker }: Real) => {
  const state = Effect.runSync(breaker.state)
  const counts = Effect.runSync(breaker.counts)
  assert.strictEqual(state._tag, reference.state)
  assert.strictEqual(state.generation, reference.generation)
  assert.strictEqual(state.openings, reference.openings)
  const held = reference.state === "Open" ? [] : reference.held()
  assert.deepStrictEqual(counts, {
    calls: held.length,
    failures: held.filter(({ failed }) => failed).length,
    slow: held.filter(({ slow }) => slow).length
  })
  if (state._tag === "Open") assert.strictEqual(Math.round(state.until / 1e6), Math.round(reference.until))
  if (state._tag === "HalfOpen") assert.strictEqual(state.inFlight.length, reference.tickets.length)
}

const command = (
  name: string,
  check: Command["check"],
  perform: (model: Model, real: Real) => void
): Command => ({
  check,
  run: (model, real) => {
    perform(model, real)
    real.world.settle()
    agree(model, real)
  },
  toString: () => name
})

const always = () => true

const call = FastCheck.constant(
  command("call", always, ({ reference, tickets }, { breaker, gates, world }) => {
    const gate = Deferred.unsafeMake<string, ProviderDown | BadRequest>(FiberId.none)
    let started = false
    const running = world.fork(breaker.protect(Effect.suspend(() => {
      started = true
      return Deferred.await(gate)
    })))
    world.settle()
    const ticket = reference.acquire()
    assert.strictEqual(started, ticket !== undefined)
    assert.strictEqual(running.exit() === undefined, ticket !== undefined)
    if (ticket !== undefined) {
      tickets.push(ticket)
      gates.push({ gate, running })
    }
  })
)

const end = FastCheck.tuple(
  FastCheck.nat(20),
  FastCheck.constantFrom<End[]>("ok", "ok", "down", "bad-request", "defect", "interrupt")
).map(([which, how]) =>
  command(
    `end ${which} with ${how}`,
    ({ tickets }) => tickets.length > 0,
    ({ reference, tickets }, { gates, world }) => {
      const [ticket] = tickets.splice(which % tickets.length, 1)
      const [one] = gates.splice(which % gates.length, 1)
      assert(ticket !== undefined && one !== undefined)
      reference.complete(
        ticket,
        how === "ok" ? "success" : how === "down" || how === "defect" ? "failure" : "ignore"
      )
      if (how === "interrupt") one.running.interrupt()
      else {
        world.run(
          how === "ok"
            ? Deferred.succeed(one.gate, "paid")
            : how === "defect"
            ? Deferred.die(one.gate, "a bug")
            : Deferred.fail(one.gate, how === "down" ? new ProviderDown() : new BadRequest())
        )
      }
      world.settle()
      assert.isDefined(one.running.exit())
    }
  )
)

const advance = FastCheck.oneof(Arbitraries.lengths, FastCheck.integer({ min: 1, max: 400 })).map((millis) =>
  command(`advance ${millis} ms`, always, ({ reference }, { world }) => {
    reference.advance(millis)
    world.advance(millis)
  })
)

const force = FastCheck.constantFrom("ForcedOpen" as const, "Disabled" as const, "MetricsOnly" as const).map((
  to
) =>
  command(`force ${to}`, always, ({ reference }, { breaker, world }) => {
    if (reference.state !== to) reference.enter(to)
    world.run(breaker.force(to))
  })
)

const reset = FastCheck.constant(command("reset", always, ({ reference }, { breaker, world }) => {
  if (reference.state !== "Closed") reference.enter("Closed")
  reference.enter("Closed")
  world.run(breaker.reset)
}))

describe("the breaker and its model", () => {
  property(
    "1b",
    "agree on every admission, state, count and wait",
    FastCheck.record({
      seed: Arbitraries.seed,
      config: Arbitraries.breakerConfig(FastCheck.constant(0)),
      commands: FastCheck.commands([call, call, call, end, end, end, advance, advance, force, reset], {
        maxCommands: 40,
        size: "max"
      })
    }),
    ({ commands, config, seed }) => {
      const world = World.make(seed)
      FastCheck.modelRun(() => ({
        model: { reference: new ReferenceBreaker(config), tickets: [] },
        real: { world, breaker: observed(world, "model", config).breaker, gates: [] }
      }), commands)
      world.close()
    }
  )
})
