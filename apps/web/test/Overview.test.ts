import { assert, describe, it } from "@effect/vitest"
import type { Facts, Runner, System } from "../src/api/Systems.ts"
import { addressesOf, feedsOf, processesOf } from "../src/system/Overview.ts"
import { colourOf } from "../src/system/Runners.ts"

const facts = (process: string, subscriptions: Facts["subscriptions"] = []): Facts => ({
  process,
  pid: 1,
  startedAt: 0,
  memoryBytes: 0,
  cpuSeconds: 0,
  checks: [],
  entities: [],
  subscriptions
})
const runner = (context: Runner["context"], at: string, told: Facts | null): Runner => ({
  context,
  runner: at,
  shards: 2,
  facts: told === null ? null : { ...told, breaker: null }
})
const system = (gateway: Facts, runners: ReadonlyArray<Runner>, shards: System["shards"] = []): System => ({
  at: 0,
  gateway,
  runners,
  shards
})

describe("the processes of the page", () => {
  it("are one where everything is in one process", () => {
    const one = facts("saucier@a/1")
    const [only, ...more] = processesOf(
      system(one, [runner("order", "a:1", one), runner("payment", "a:1", one)])
    )
    assert.lengthOf(more, 0)
    assert.deepStrictEqual(only?.shards, [{ context: "order", count: 2 }, { context: "payment", count: 2 }])
  })

  it("are the gateway and each runner where they are apart, the silent ones too", () => {
    const all = processesOf(
      system(facts("gateway@a/1"), [
        runner("order", "a:2", facts("order@a/2")),
        runner("payment", "a:3", null)
      ])
    )
    assert.deepStrictEqual(all.map(({ address, facts }) => [address, facts?.process ?? null]), [
      [null, "gateway@a/1"],
      ["a:2", "order@a/2"],
      ["a:3", null]
    ])
  })
})

describe("the feeds of the page", () => {
  it("are shown once, where their lag is known", () => {
    const stale = facts("order@a/1", [{ name: "order.payment", lag: null, parked: 0, events: 3 }])
    const running = facts("order@a/2", [{ name: "order.payment", lag: 0.2, parked: 1, events: 9 }])
    const feeds = feedsOf(
      processesOf(
        system(facts("gateway@a/0"), [runner("order", "a:1", stale), runner("order", "a:2", running)])
      )
    )
    assert.deepStrictEqual(feeds, [
      { name: "order.payment", process: "order@a/2", lag: 0.2, parked: 1, events: 9 }
    ])
  })
})

describe("the colours of runners", () => {
  it("are none for a shard that nobody has", () => {
    const addresses = addressesOf(
      system(facts("gateway@a/0"), [], [{ group: "order", shards: ["b:1", null, "a:1"] }])
    )
    assert.deepStrictEqual(addresses, ["a:1", "b:1"])
    assert.deepStrictEqual(["a:1", "b:1", null].map((each) => colourOf(addresses, each)), [0, 1, undefined])
  })
})
