import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as ChaosDeskHere from "@saucier/app-saucier/ChaosDeskHere"
import * as ChaosSupervised from "@saucier/app-saucier/ChaosSupervised"
import type { ChaosRequest, ServiceView } from "@saucier/assembly/Chaos"
import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as Presets from "@saucier/provider/Presets"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ToyCluster from "./ToyCluster.ts"
import { temporaryFolder, until } from "./World.ts"

const opened = (...toys: ReadonlyArray<ToyCluster.Toy>) =>
  Effect.gen(function*() {
    const folder = yield* temporaryFolder
    const { client, supervisor, url } = yield* ToyCluster.open(folder, toys)
    yield* supervisor.start
    const desk = yield* ChaosDeskHere.make({
      url,
      presets: yield* ProviderPresets,
      processes: ChaosSupervised.make(supervisor)
    })
    const quiet = until(Effect.orDie(desk.state), ({ faults }) => faults.length === 0)
    const pid = Effect.map(
      ToyCluster.until(client, "order", 1, ({ state }) => state === "ready"),
      ({ pid }) => pid
    )
    return { client, desk, pid, quiet }
  })

const scene = Effect.provide(Layer.merge(Presets.layer("instant"), NodeHttpClient.layerUndici))

const processesOf = (services: ReadonlyArray<ServiceView>, name: string) =>
  services.find(({ service }) => service === name)?.processes.map(({ state }) => state)

const refused = (desk: Effect.Effect.Success<ReturnType<typeof opened>>["desk"], request: ChaosRequest) =>
  Effect.map(Effect.flip(desk.strike(request)), (error) => [error._tag, error.message])

describe("the chaos desk of a supervisor", () => {
  it.scopedLive("lets a process stand still, which nobody replaces, and continues it at its end", () =>
    Effect.gen(function*() {
      const { client, desk, pid, quiet } = yield* opened({ name: "order" }, { name: "gateway" })
      const before = yield* pid
      const { faults: [fault] } = yield* desk.strike({ kind: "pause", service: "order", seconds: 1 })
      assert.deepInclude(fault, { index: 1, phase: "under-way" })
      yield* ToyCluster.until(client, "order", 1, ({ state }) => state === "paused")
      assert.deepStrictEqual(yield* refused(desk, { kind: "kill", service: "order" }), [
        "ChaosBusy",
        `service order is under ${fault?.id} already: wait until that has ended, or end it`
      ])
      const { past: [over] } = yield* quiet
      assert.isAtLeast(over?.endedAt ?? 0, (over?.startedAt ?? Infinity) + 1000)
      assert.strictEqual(over?.trouble, null)
      assert.strictEqual(yield* pid, before)
    }).pipe(scene))

  it.scopedLive("kills a process, which is over when the next one is ready", () =>
    Effect.gen(function*() {
      const { desk, pid, quiet } = yield* opened({ name: "order" }, { name: "gateway" })
      const before = yield* pid
      const { faults: [fault] } = yield* desk.strike({ kind: "kill", service: "order" })
      assert.deepInclude(fault, { index: 1, endsAt: null })
      const { services } = yield* quiet
      assert.deepStrictEqual(processesOf(services, "order"), ["ready"])
      assert.notStrictEqual(yield* pid, before)
    }).pipe(scene))

  it.scopedLive("stops a service and scales another, and brings back as many as there were", () =>
    Effect.gen(function*() {
      const { desk, quiet } = yield* opened({ name: "order", count: 2 }, { name: "gateway" })
      const struck = Effect.orDie(desk.state)
      yield* desk.strike({ kind: "stop", service: "order", seconds: 300 })
      yield* desk.strike({ kind: "scale", service: "gateway", processes: 2, seconds: 300 })
      yield* until(
        struck,
        ({ services }) =>
          processesOf(services, "order")?.length === 0 && processesOf(services, "gateway")?.length === 2
      )
      yield* desk.strike({ kind: "end" })
      const { past, services } = yield* quiet
      assert.deepStrictEqual(past.map(({ trouble }) => trouble), [null, null])
      assert.deepStrictEqual(processesOf(services, "order"), ["ready", "ready"])
      assert.deepStrictEqual(processesOf(services, "gateway"), ["ready"])
    }).pipe(scene))

  it.scopedLive("offers what a service can take, and says why it does not do the rest", () =>
    Effect.gen(function*() {
      const { desk } = yield* opened({ name: "order", alone: "one-writer" }, { name: "gateway" })
      const { offers, services } = yield* Effect.orDie(desk.state)
      assert.deepStrictEqual(services.map(({ can, service }) => [service, can.includes("scale")]), [
        ["order", false],
        ["gateway", true]
      ])
      assert.isTrue(
        offers.some(({ meanwhile, strike }) => strike.kind === "pause" && meanwhile.includes("refused"))
      )
      assert.deepStrictEqual(
        yield* refused(desk, { kind: "scale", service: "order", processes: 2, seconds: 1 }),
        ["ChaosNotPossible", "order: one-writer"]
      )
      assert.deepStrictEqual(yield* refused(desk, { kind: "pause", service: "postgres", seconds: 1 }), [
        "ChaosNotPossible",
        "postgres: absent"
      ])
      assert.deepStrictEqual(yield* refused(desk, { kind: "kill", service: "gateway", index: 7 }), [
        "ChaosNotPossible",
        "gateway-7: no-process"
      ])
    }).pipe(scene))
})
