import { assert, describe, it } from "@effect/vitest"
import { type News, SupervisorNews } from "@saucier/app-saucier/SupervisorNews"
import * as SupervisorScaler from "@saucier/app-saucier/SupervisorScaler"
import * as ScalingRules from "@saucier/assembly/ScalingRules"
import { NotReady, type ServiceStatus } from "@saucier/runtime/SupervisorHttp"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as TestClock from "effect/TestClock"
import { hasty, open } from "./ToyCluster.ts"
import { temporaryFolder } from "./World.ts"

const processes = (count: number, calls: number): ServiceStatus["processes"] =>
  Array.from({ length: count }, (_, index) => ({
    service: "payment",
    index: index + 1,
    pid: index + 1,
    state: "ready",
    url: null,
    shards: null,
    ordersPerSecond: null,
    memoryBytes: null,
    cpuSeconds: null,
    providerCalls: calls / count,
    restarts: 0,
    startedAt: null,
    ended: null
  }))

/** A service whose calls are shared evenly, and where nothing takes time. */
const followed = (refuses: (count: number) => boolean = () => false) =>
  Effect.gen(function*() {
    const count = yield* Ref.make(1)
    const calls = yield* Ref.make(0)
    const news: Array<News> = []
    const status = Effect.gen(function*() {
      const wanted = yield* Ref.get(count)
      return { service: "payment", wanted, processes: processes(wanted, yield* Ref.get(calls)) }
    })
    const service = {
      plan: { name: "payment" },
      status,
      scale: (wanted: number) =>
        refuses(wanted)
          ? new NotReady({ service: "payment", index: wanted, ended: null })
          : Effect.zipRight(Ref.set(count, wanted), status)
    }
    yield* SupervisorScaler.follow({ service: () => Effect.succeed(service) }, {
      payment: { ...ScalingRules.rules.payment, targets: { providerCalls: 16 } }
    }).pipe(
      Effect.provideService(SupervisorNews, { tell: (one) => Effect.sync(() => news.push(one)) })
    )
    return { count, calls, news, pass: (seconds: number) => TestClock.adjust(`${seconds} seconds`) }
  })

describe("a supervisor that scales", () => {
  it.scoped("adds processes under load within seconds, and takes them away one by one after five idle minutes", () =>
    Effect.gen(function*() {
      const { calls, count, news, pass } = yield* followed()
      yield* Ref.set(calls, 60)
      yield* pass(20)
      assert.strictEqual(yield* Ref.get(count), 4)
      yield* Ref.set(calls, 0)
      yield* pass(240)
      assert.strictEqual(yield* Ref.get(count), 4)
      yield* pass(100)
      assert.strictEqual(yield* Ref.get(count), 3)
      yield* pass(180)
      assert.strictEqual(yield* Ref.get(count), 1)
      const scaled = news.flatMap((one) => one._tag === "Scaled" ? [[one.from, one.to]] : [])
      assert.deepStrictEqual(scaled, [[1, 4], [4, 3], [3, 2], [2, 1]])
    }))

  it.scoped("leaves a service alone that somebody has stopped, and follows it again once it runs", () =>
    Effect.gen(function*() {
      const { calls, count, pass } = yield* followed()
      yield* Ref.set(count, 0)
      yield* Ref.set(calls, 60)
      yield* pass(60)
      assert.strictEqual(yield* Ref.get(count), 0)
      yield* Ref.set(count, 1)
      yield* pass(20)
      assert.strictEqual(yield* Ref.get(count), 4)
    }))

  it.scoped("asks again when processes did not get ready", () =>
    Effect.gen(function*() {
      let refusals = 3
      const { calls, count, pass } = yield* followed(() => refusals-- > 0)
      yield* Ref.set(calls, 60)
      yield* pass(6)
      assert.strictEqual(yield* Ref.get(count), 1)
      yield* pass(60)
      assert.strictEqual(yield* Ref.get(count), 4)
    }))

  it.scopedLive("starts real processes by what they tell", () =>
    Effect.gen(function*() {
      const { client, supervisor } = yield* open(
        yield* temporaryFolder,
        [{ name: "gateway" }, { name: "payment", calls: 24 }]
      )
      yield* supervisor.start
      yield* SupervisorScaler.follow(supervisor, { payment: { ...ScalingRules.rules.payment, most: 2 } })
        .pipe(
          Effect.provideService(SupervisorNews, { tell: () => Effect.void }),
          Effect.provide(hasty)
        )
      const payment = Effect.map(
        client.status({}),
        ({ services }) => services.find(({ service }) => service === "payment")
      )
      const found = yield* Effect.repeat(Effect.delay(payment, "50 millis"), {
        // A process that is ready tells of its calls at the next look.
        until: (payment) =>
          payment?.processes.filter(({ providerCalls, state }) => state === "ready" && providerCalls !== null)
            .length === 2
      })
      assert.deepStrictEqual(found?.processes.map(({ providerCalls }) => providerCalls), [24, 24])
    }))
})
