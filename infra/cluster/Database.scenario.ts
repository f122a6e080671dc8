/** PostgreSQL in trouble under load: restarted in order, crashed, its sessions ended, silent for half a minute. */
import { assert, describe, it } from "@effect/vitest"
import * as Callers from "@saucier/proof/Callers"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as PostgresServer from "../../packages/eventstore-sql/test/PostgresServer.ts"
import * as Books from "./Books.ts"
import * as Figures from "./Figures.ts"
import * as World from "./World.ts"

const server = PostgresServer.shared({ durable: true })

const endSessions =
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'saucier%'`

const troubles = {
  "restarted in order": ({ start, stop }: PostgresServer.PostgresServer["Type"]) =>
    Effect.zipRight(stop("fast"), start),
  "crashed and started again": ({ start, stop }: PostgresServer.PostgresServer["Type"]) =>
    Effect.zipRight(stop("immediate"), start),
  "that ends every session": ({ query }: PostgresServer.PostgresServer["Type"]) =>
    Effect.asVoid(Effect.orDie(query(endSessions))),
  "silent for half a minute": ({ signal }: PostgresServer.PostgresServer["Type"]) =>
    Effect.zipRight(Effect.zipLeft(signal("SIGSTOP"), Effect.sleep("30 seconds")), signal("SIGCONT"))
}

describe("a database", () => {
  it.scopedLive("in every trouble loses and doubles nothing, and all are ready again by themselves", () =>
    Effect.gen(function*() {
      const database = yield* PostgresServer.PostgresServer
      const url = Redacted.value(database.url)
      const contexts = ["ORDER", "PAYMENT", "DELIVERY", "DASHBOARD", "CLUSTER"]
      const world = yield* World.start({
        counts: { order: 2 },
        settings: {
          SAUCIER_PROVIDER_PRESET: "healthy",
          ...Object.fromEntries(contexts.map((context) => [`SAUCIER_${context}_DATABASE_URL`, url]))
        }
      })
      const calls: Array<Callers.Call> = []
      for (const [name, trouble] of Object.entries(troubles)) {
        const load = yield* Callers.load(world.base, 8, true)
        yield* Effect.sleep("3 seconds")
        yield* trouble(database)
        const since = performance.now()
        const told = load.calls.length
        yield* World.until(
          Effect.sync(() => load.calls.filter(Callers.isAcknowledged).length),
          (count) => count > told + 20
        )
        const recovered = (performance.now() - since) / 1000
        for (const service of World.services) yield* world.ready(service)
        const ready = (performance.now() - since) / 1000
        yield* load.stop
        calls.push(...load.calls)
        yield* Figures.note(`database-${name.replaceAll(" ", "-")}`, {
          "orders taken again s": recovered,
          "all ready s": ready,
          answers: Callers.summary(load.calls).answers
        })
      }
      const verdict = yield* Books.hold(world.base, calls)
      assert.isAbove(verdict.orders, 100)
    }).pipe(Effect.provide(server)))
})
