/** Random commands, repeats, restarts and broken appends against the plain fold of the decider. */
import { assert, describe, it } from "@effect/vitest"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { fold } from "@saucier/eventsourcing/Decider"
import { Version } from "@saucier/eventsourcing/Event"
import { EventStore, EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import {
  anyJarCommand,
  type Jar,
  jarCodec,
  type JarCommand,
  jarDecider,
  type JarEvent,
  jarStream
} from "./AggregateJar.ts"

type Store = typeof EventStore.Service
type Fault = "none" | "before" | "after"

const broken = new EventStoreUnavailable({ store: "test", reason: "locked", detail: "busy" })

/** One thing done to a jar: `fault` breaks its first append before or after the commit, `pause` lets others go first. */
const anyTurn = FastCheck.record({
  command: anyJarCommand,
  restart: FastCheck.nat(5).map((n) => n === 0),
  fault: FastCheck.constantFrom<Fault>("none", "none", "none", "before", "after"),
  pause: FastCheck.nat(3)
})
type Turn = typeof anyTurn extends FastCheck.Arbitrary<infer T> ? T : never
const turns = FastCheck.array(anyTurn, { maxLength: 30, size: "max" })

const yields = (n: number): Effect.Effect<void> =>
  n === 0 ? Effect.void : Effect.zipRight(Effect.yieldNow(), yields(n - 1))

const untilStored = <A, E>(
  tell: Effect.Effect<Either.Either<A, E | EventStoreUnavailable>>
): Effect.Effect<Either.Either<A, E>> =>
  Effect.flatMap(
    tell,
    Either.match({
      onLeft: (error) =>
        error instanceof EventStoreUnavailable ? untilStored(tell) : Effect.succeed(Either.left(error)),
      onRight: (answer) => Effect.succeed(Either.right(answer))
    })
  )

/** A runner with the jar in memory: takes its turns, each again until the store answers. */
const runner = (store: Store) => {
  let fault: Fault = "none"
  const trouble: Store = {
    ...store,
    append: (request) =>
      Effect.suspend(() => {
        const now = fault
        fault = "none"
        if (now === "before") return broken
        const append = Effect.zipRight(Effect.yieldNow(), store.append(request))
        return now === "after" ? Effect.zipRight(append, broken) : append
      })
  }
  const make = Effect.provideService(Aggregate.make(jarStream, jarDecider, jarCodec), EventStore, trouble)
  return Effect.map(make, (first) => {
    let shell = first
    return (turn: Turn) =>
      Effect.gen(function*() {
        yield* yields(turn.pause)
        if (turn.restart) shell = yield* make
        fault = turn.fault
        const answer = yield* untilStored(Effect.either(shell.execute(turn.command)))
        fault = "none"
        return answer
      })
  })
}

const stored = (store: Store) =>
  Effect.map(
    store.read(jarStream, Version.make(0)),
    (events) => events.map((event) => ({ ...event, event: Either.getOrThrow(jarCodec.decode(event)) }))
  )

const folded = (events: ReadonlyArray<{ readonly event: JarEvent }>) =>
  fold(jarDecider, jarDecider.initial, events.map(({ event }) => event))

const runs = { fastCheck: { numRuns: 50 } }

describe("an aggregate under random commands", () => {
  it.effect.prop("answers as the fold of its decider does, through repeats, restarts and broken appends", [
    turns
  ], ([turns]) =>
    Effect.gen(function*() {
      const take = yield* runner(yield* EventStore)
      const seen = new Set<string>()
      let model: Aggregate.Snapshot<Jar> = { state: jarDecider.initial, version: Version.make(0) }
      for (const turn of turns) {
        const { command } = turn
        const decided = seen.has(command.meta.commandId)
          ? Either.right([])
          : jarDecider.decide(command, model.state)
        const events = Either.getOrElse(decided, (): ReadonlyArray<JarEvent> => [])
        if (events.length > 0) seen.add(command.meta.commandId)
        model = {
          state: fold(jarDecider, model.state, events),
          version: Version.make(model.version + events.length)
        }
        assert.deepStrictEqual(yield* take(turn), Either.map(decided, () => model))
      }
    }).pipe(Effect.provide(EventStoreMemory.layer())), runs)

  it.effect.prop(
    "keeps one history that its rules admit, with two runners at once",
    [turns, turns],
    ([mine, yours]) =>
      Effect.gen(function*() {
        const store = yield* EventStore
        const live = (turns: ReadonlyArray<Turn>) =>
          Effect.gen(function*() {
            const take = yield* runner(store)
            const answers: Array<
              { readonly turn: Turn; readonly answer: Effect.Effect.Success<ReturnType<typeof take>> }
            > = []
            for (const turn of turns) answers.push({ turn, answer: yield* take(turn) })
            return answers
          })
        const all = yield* Effect.all([live(mine), live(yours)], { concurrency: 2 })
        const history = yield* stored(store)
        const commands = new Map<string, JarCommand>(
          [...mine, ...yours].map(({ command }) => [command.meta.commandId, command])
        )

        const ids = [...new Set(history.map(({ commandId }) => commandId))]
        for (const id of ids) {
          const first = history.findIndex(({ commandId }) => commandId === id)
          const recorded = history.filter(({ commandId }) => commandId === id).map(({ event }) => event)
          const command = commands.get(id)
          assert(command !== undefined)
          assert.deepStrictEqual(
            Either.getOrThrow(jarDecider.decide(command, folded(history.slice(0, first)))),
            recorded
          )
        }
        assert.deepStrictEqual(history.map(({ version }) => version), history.map((_, index) => index + 1))

        for (const answers of all) {
          answers.reduce((before, { answer, turn }) => {
            if (Either.isLeft(answer)) {
              const states = history.map((_, index) => folded(history.slice(0, index)))
              const said = [...states, folded(history)].map((state) => jarDecider.decide(turn.command, state))
              assert.deepInclude(said.filter(Either.isLeft).map(({ left }) => left), answer.left)
              return before
            }
            const { state, version } = answer.right
            assert.deepStrictEqual(state, folded(history.slice(0, version)))
            const own = history.findLast(({ commandId }) => commandId === turn.command.meta.commandId)
            assert.isAtLeast(version, Math.max(turn.restart ? 0 : before, own?.version ?? 0))
            return version
          }, 0)
        }
      }).pipe(Effect.provide(EventStoreMemory.layer())),
    runs
  )
})
