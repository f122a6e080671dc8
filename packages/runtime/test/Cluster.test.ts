/** Shards over processes: they spread, move, heal, and nobody who asks is told of it. */
import * as Snowflake from "@effect/cluster/Snowflake"
import { assert, describe, it } from "@effect/vitest"
import * as Errand from "@saucier/eventsourcing/Errand"
import * as Array from "effect/Array"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import * as PostgresServer from "../../eventstore-sql/test/PostgresServer.ts"
import * as ToyProcess from "./ToyProcess.ts"

const server = PostgresServer.shared()

const ids = Array.makeBy(120, (n) => `toy-${n}`)

const settingsOf = (expiration: string) =>
  Effect.map(PostgresServer.PostgresServer, ({ url }) => ({
    SAUCIER_CLUSTER_DATABASE_URL: Redacted.value(url),
    SAUCIER_SHARD_LOCK_EXPIRATION: expiration,
    SAUCIER_SHARD_LOCK_REFRESH: "200 millis"
  }))

/** How many of the toys live in which process; 0 where none answers. */
const spread = ({ where }: Effect.Effect.Success<ReturnType<typeof ToyProcess.client>>) =>
  Effect.map(
    Effect.forEach(ids, (id) =>
      Errand.within(where(id), "1 second", () => "late").pipe(Effect.orElseSucceed(() => 0)), {
      concurrency: "unbounded"
    }),
    (pids) =>
      new Map(Object.entries(Array.groupBy(pids, String)).map(([pid, { length }]) => [Number(pid), length]))
  )

const until = <A, E, R>(ask: Effect.Effect<A, E, R>, wished: (found: A) => boolean): Effect.Effect<A, E, R> =>
  Effect.flatMap(
    ask,
    (found) => wished(found) ? Effect.succeed(found) : Effect.delay(until(ask, wished), "100 millis")
  )

const only = (pid: number) => (found: ReadonlyMap<number, number>) => found.size === 1 && found.has(pid)

describe("a cluster", () => {
  it.scopedLive("shares its shards, hands them over on a word, and heals when a process dies", () =>
    Effect.gen(function*() {
      const settings = yield* settingsOf("2 seconds")
      const [first, second] = yield* Effect.all([ToyProcess.start(settings), ToyProcess.start(settings)])
      yield* Effect.all([first.ready, second.ready])
      const client = yield* ToyProcess.client(settings)
      yield* until(
        spread(client),
        (found) => [first, second].every(({ pid }) => (found.get(pid) ?? 0) > ids.length / 4)
      )
      // A shard that is on its way from one to the other is with nobody for a moment.
      const [toys] = yield* until(
        client.map,
        ([toys]) => toys?.shards.every((runner) => runner !== null) ?? false
      )
      assert.lengthOf(toys?.shards ?? [], 64)
      assert.lengthOf(new Set(toys?.shards), 2)
      assert.isTrue(toys?.shards.every((runner) => runner?.startsWith("127.0.0.1:")))

      let asked = 0
      const ask = Errand.within(client.where("toy-1", 20), "20 seconds", () => "late").pipe(
        Effect.tap(() => Effect.sync(() => asked++)),
        Effect.forever
      )
      const asking = yield* Effect.fork(Effect.all(Array.replicate(ask, 8), { concurrency: "unbounded" }))
      yield* second.signal("SIGTERM")
      assert.strictEqual(yield* second.ended, 0)
      yield* until(spread(client), only(first.pid))

      const third = yield* ToyProcess.start(settings)
      yield* third.ready
      yield* until(spread(client), (found) => found.has(third.pid))
      yield* third.signal("SIGKILL")
      yield* until(spread(client), only(first.pid))
      assert.isNull(asking.unsafePoll())
      assert.isAbove(asked, 8)
      yield* Fiber.interrupt(asking)
    }).pipe(Effect.provide(server)))

  it.scopedLive("takes the shards of a process that sleeps, which gives them up when it wakes and says so", () =>
    Effect.gen(function*() {
      const settings = yield* settingsOf("2 seconds")
      const [sleeper, other] = yield* Effect.all([ToyProcess.start(settings), ToyProcess.start(settings)])
      const [url] = yield* Effect.all([sleeper.ready, other.ready])
      const client = yield* ToyProcess.client(settings)
      yield* until(spread(client), (found) => found.has(sleeper.pid) && found.has(other.pid))
      yield* sleeper.signal("SIGSTOP")
      yield* until(spread(client), only(other.pid))
      yield* sleeper.signal("SIGCONT")
      yield* sleeper.said(/This process slept for/)
      yield* until(spread(client), (found) => found.has(sleeper.pid) && found.has(other.pid))
      const health = Effect.promise(() => fetch(`${url}/readyz?verbose`).then((answer) => answer.text()))
      yield* until(health, (text) => text.includes("[+]shards of toys ok"))
    }).pipe(Effect.provide(server)))

  it.scopedLive("gives processes that only ask numbers of their own, so that no two ask with one id", () =>
    Effect.gen(function*() {
      const settings = yield* settingsOf("2 seconds")
      const clients = yield* Effect.replicateEffect(ToyProcess.client(settings), 4)
      const numbers = yield* Effect.forEach(
        clients,
        ({ sharding }) => Effect.map(sharding.getSnowflake, Snowflake.machineId)
      )
      assert.deepStrictEqual(numbers, [...numbers].sort((a, b) => a - b))
      assert.lengthOf(new Set(numbers), 4)
      assert.isBelow(Math.max(...numbers) - Math.min(...numbers), 4)
    }).pipe(Effect.provide(server)))

  it.scopedLive("is refused to a process that knows no database, or whose port is taken", () =>
    Effect.gen(function*() {
      const lost = yield* ToyProcess.start({})
      assert.strictEqual(yield* lost.ended, 78)
      assert.include(lost.output.text, "SAUCIER_CLUSTER_DATABASE_URL must be postgres://")
      const settings = yield* settingsOf("2 seconds")
      const port = new URL(settings.SAUCIER_CLUSTER_DATABASE_URL).port
      const late = yield* ToyProcess.start({ ...settings, SAUCIER_RUNNER_PORT: port })
      assert.strictEqual(yield* late.ended, 69)
      assert.include(late.output.text, "SAUCIER_RUNNER_PORT")
    }).pipe(Effect.provide(server)))
})
