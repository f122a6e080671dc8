import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import type { Chaos, ChaosRequest } from "@saucier/assembly/Chaos"
import { ChaosDesk } from "@saucier/assembly/ChaosDesk"
import * as ChaosDeskSupervisor from "@saucier/assembly/ChaosDeskSupervisor"
import { ChaosBusy, ChaosFaultOver, ChaosNotPossible } from "@saucier/assembly/ChaosRejections"
import * as Settings from "@saucier/runtime/Settings"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as ToyCluster from "./ToyCluster.ts"
import { temporaryFolder } from "./World.ts"

const quiet: Chaos = {
  at: 7,
  preset: "instant",
  services: [{ service: "order", wanted: 1, can: ["kill"], processes: [{ index: 1, state: "ready" }] }],
  offers: [],
  faults: [],
  past: [],
  load: null,
  counters: {
    at: null,
    orders: 0,
    charges: 0,
    acknowledged: 0,
    lost: 0,
    doubled: 0,
    unordered: 0,
    settling: 0,
    examples: []
  }
}

const one: { readonly [Kind in ChaosRequest["kind"]]: Extract<ChaosRequest, { readonly kind: Kind }> } = {
  preset: { kind: "preset", preset: "brownout", seconds: 9 },
  load: { kind: "load", rate: 10, seconds: 9 },
  kill: { kind: "kill", service: "order", index: 2 },
  pause: { kind: "pause", service: "gateway", seconds: 9 },
  stop: { kind: "stop", service: "delivery", seconds: 9 },
  scale: { kind: "scale", service: "payment", processes: 3, seconds: 9 },
  end: { kind: "end", fault: "kill-1" }
}

/** A supervisor whose desk answers so; none of its processes is started. */
const supervised = (folder: string, strike: ChaosDesk["Type"]["strike"]) =>
  ToyCluster.open(folder, [{ name: "gateway" }], undefined, { state: Effect.succeed(quiet), strike })

/** The desk that a gateway with this data folder has. */
const deskOf = (folder: string) =>
  Effect.map(
    Layer.build(ChaosDeskSupervisor.layer.pipe(
      Layer.provide(Settings.layer),
      Layer.provide(NodeContext.layer),
      Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map([["SAUCIER_DATA_DIR", folder]]))))
    )),
    Context.get(ChaosDesk)
  )

const inFolder = <A, E, R>(play: (folder: string) => Effect.Effect<A, E, R>) =>
  Effect.flatMap(temporaryFolder, play)

describe("the chaos desk of a gateway under a supervisor", () => {
  it.scopedLive("is the supervisor's: what is asked arrives there, whatever it is, and its answer comes back", () =>
    inFolder((folder) =>
      Effect.gen(function*() {
        const asked: Array<ChaosRequest> = []
        yield* supervised(folder, (request) => Effect.sync(() => ({ ...quiet, at: asked.push(request) })))
        const desk = yield* deskOf(folder)
        assert.deepStrictEqual(yield* desk.state, quiet)
        const answers = yield* Effect.forEach(Object.values(one), desk.strike)
        assert.deepStrictEqual(asked, Object.values(one))
        assert.deepStrictEqual(answers.map(({ at }) => at), [1, 2, 3, 4, 5, 6, 7])
      })
    ))

  it.scopedLive("says no as the supervisor does", () =>
    inFolder((folder) =>
      Effect.gen(function*() {
        const refusals = [
          new ChaosBusy({ service: "order", fault: "kill-1" }),
          new ChaosNotPossible({ subject: "order-2", reason: "no-process" }),
          new ChaosFaultOver({ fault: "kill-1" })
        ]
        const said = [...refusals]
        yield* supervised(folder, () => said.shift() ?? Effect.succeed(quiet))
        const desk = yield* deskOf(folder)
        for (const refusal of refusals) {
          const { _tag, message } = yield* Effect.flip(desk.strike(one.kill))
          assert.deepStrictEqual([_tag, message], [refusal._tag, refusal.message])
        }
      })
    ))

  it.scopedLive("is off where nobody supervises, and there as soon as somebody does", () =>
    inFolder((folder) =>
      Effect.gen(function*() {
        const desk = yield* deskOf(folder)
        assert.deepInclude(yield* Effect.flip(desk.state), { _tag: "ChaosOff", reason: "no-supervisor" })
        yield* Effect.scoped(
          Effect.zipRight(supervised(folder, () => Effect.succeed(quiet)), desk.strike(one.kill))
        )
        assert.deepInclude(yield* Effect.flip(desk.strike(one.kill)), { _tag: "ChaosOff" })
      })
    ))

  it.scopedLive("is away, for a while, while its supervisor does not answer or is not the one of the file", () =>
    inFolder((folder) =>
      Effect.gen(function*() {
        const desk = yield* deskOf(folder)
        const file = join(folder, "supervisor.json")
        writeFileSync(file, JSON.stringify({ url: "http://127.0.0.1:9", token: "gone", pid: 1 }))
        assert.deepInclude(yield* Effect.flip(desk.state), { _tag: "ServiceUnavailable", retryAfter: 2 })
        yield* supervised(folder, () => Effect.succeed(quiet))
        writeFileSync(
          file,
          JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), token: "of another" })
        )
        assert.deepInclude(yield* Effect.flip(desk.strike(one.kill)), { _tag: "ServiceUnavailable" })
      })
    ))
})
