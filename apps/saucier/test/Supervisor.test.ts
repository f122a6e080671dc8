import { assert, describe, it } from "@effect/vitest"
import type { News } from "@saucier/app-saucier/SupervisorNews"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import process from "node:process"
import * as ToyCluster from "./ToyCluster.ts"
import { temporaryFolder } from "./World.ts"

const lives = (pid: number | null) => {
  try {
    return pid !== null && process.kill(pid, 0)
  } catch {
    return false
  }
}

const opened = (...toys: ReadonlyArray<ToyCluster.Toy>) =>
  Effect.gen(function*() {
    const folder = yield* temporaryFolder
    const news: Array<News> = []
    return { folder, news, ...(yield* ToyCluster.open(folder, toys, (one) => news.push(one))) }
  })

const started = (...toys: ReadonlyArray<ToyCluster.Toy>) =>
  Effect.tap(opened(...toys), ({ supervisor }) => supervisor.start)

const fetched = (url: string, init?: RequestInit) =>
  Effect.tryPromise(() => fetch(url, init).then((response) => response.text()))

const pids = (client: Effect.Effect.Success<ReturnType<typeof opened>>["client"], service: string) =>
  Effect.map(
    client.status({}),
    ({ services }) =>
      services.flatMap((one) => one.service === service ? one.processes.map(({ pid }) => pid ?? 0) : [])
  )

describe("a supervisor", () => {
  it.scopedLive("starts its services in order, each when those before it are ready, and ends them the other way", () =>
    Effect.gen(function*() {
      const news: Array<News> = []
      yield* Effect.scoped(Effect.gen(function*() {
        const folder = yield* temporaryFolder
        const { client, supervisor } = yield* ToyCluster.open(
          folder,
          [{ name: "first", readyAfter: 400 }, { name: "second", count: 2 }],
          (one) => news.push(one)
        )
        assert.strictEqual((yield* client.status({})).state, "starting")
        yield* supervisor.start
        const { pid, services, state } = yield* client.status({})
        assert.deepStrictEqual([state, pid], ["ready", process.pid])
        assert.deepStrictEqual(services.map(({ wanted }) => wanted), [1, 2])
      }))
      const told = (tag: News["_tag"]) => news.filter(({ _tag }) => _tag === tag).map(({ name }) => name)
      assert.sameOrderedMembers(told("Started").map((name) => name.slice(0, -2)), [
        "first",
        "second",
        "second"
      ])
      assert.strictEqual(told("Ready")[0], "first-1")
      assert.strictEqual(told("Stopped").at(-1), "first-1")
      assert.isEmpty(told("Forced"))
      assert.isEmpty(news.flatMap((one) => one._tag === "Started" && lives(one.pid) ? [one] : []))
    }))

  it.scopedLive("shows what its processes tell, and keeps what they print", () =>
    Effect.gen(function*() {
      const { client, folder, url } = yield* started({ name: "gateway" })
      yield* fetched(url)
      const status = yield* ToyCluster.until(client, "gateway", 1, (one) => one.ordersPerSecond !== null)
      assert.deepStrictEqual([status.shards, status.memoryBytes, status.state, status.restarts], [
        7,
        42,
        "ready",
        0
      ])
      const log = readFileSync(join(folder, "logs/gateway-1.log"), "utf8")
      assert.match(log, /gateway is ready at http:/)
    }))

  it.scopedLive("starts a process again when it ends, and counts that", () =>
    Effect.gen(function*() {
      const { client, news, url } = yield* started({ name: "gateway" })
      const [before] = yield* pids(client, "gateway")
      yield* Effect.ignore(fetched(`${url}/exit`))
      const again = yield* ToyCluster.until(client, "gateway", 1, (one) =>
        one.state === "ready" && one.restarts === 1)
      assert.notStrictEqual(again.pid, before)
      assert.strictEqual(again.ended, "exit code 3")
      yield* client.kill({ path: { service: "gateway", index: 1 } })
      const killed = yield* ToyCluster.until(client, "gateway", 1, (one) =>
        one.state === "ready" && one.restarts === 2)
      assert.strictEqual(killed.ended, "SIGKILL")
      assert.lengthOf(
        news.filter(({ _tag }) =>
          _tag === "Ended"
        ),
        2
      )
    }))

  it.scopedLive("gives up a start when a service refuses its settings", () =>
    Effect.gen(function*() {
      const { supervisor } = yield* opened({ name: "unset", exit: 78 })
      const error = yield* Effect.flip(supervisor.start)
      assert.deepStrictEqual({ ...error }, { ...error, name: "unset-1", exitCode: 78 })
    }))

  it.scopedLive("replaces a process that hangs, and one that was stopped", () =>
    Effect.gen(function*() {
      const { client, news, url } = yield* started({ name: "gateway" })
      yield* Effect.fork(Effect.ignore(fetched(`${url}/hang`)))
      yield* ToyCluster.until(client, "gateway", 1, (one) => one.state === "ready" && one.restarts === 1)
      yield* client.pause({ path: { service: "gateway", index: 1 }, payload: { unwatched: false } })
      yield* ToyCluster.until(client, "gateway", 1, (one) => one.state === "ready" && one.restarts === 2)
      assert.lengthOf(news.filter(({ _tag }) => _tag === "Hung"), 2)
    }))

  it.scopedLive("leaves a paused process alone when told so, until it is resumed", () =>
    Effect.gen(function*() {
      const { client } = yield* started({ name: "gateway" })
      const path = { service: "gateway", index: 1 }
      yield* client.pause({ path, payload: { unwatched: true } })
      const [before] = yield* pids(client, "gateway")
      // Long enough to be taken for hung: two looks of a second.
      yield* Effect.sleep("3 seconds")
      yield* client.resume({ path })
      const { pid, restarts } = yield* ToyCluster.until(
        client,
        "gateway",
        1,
        ({ state }) => state === "ready"
      )
      assert.deepStrictEqual([pid, restarts], [before, 0])
    }))

  it.scopedLive("kills a process that does not end in time", () =>
    Effect.gen(function*() {
      const { client, news } = yield* started({ name: "deaf", stubborn: true })
      const [pid = 0] = yield* pids(client, "deaf")
      yield* client.stop({ path: { service: "deaf" } })
      assert.isFalse(lives(pid))
      assert.include(news.map(({ _tag }) => _tag), "Forced")
    }))
})

describe("services of a supervisor", () => {
  it.scopedLive("are scaled up and down", () =>
    Effect.gen(function*() {
      const { client } = yield* started({ name: "payment" })
      const path = { service: "payment" }
      const up = yield* client.scale({ path, payload: { processes: 3 } })
      assert.deepStrictEqual(
        up.processes.map(({ index, state }) => [index, state]),
        [1, 2, 3].map((n) => [n, "ready"])
      )
      const down = yield* client.scale({ path, payload: { processes: 1 } })
      assert.deepStrictEqual(down.processes.map(({ pid }) => pid), [up.processes[0]?.pid])
      assert.strictEqual(down.wanted, 1)
    }))

  it.scopedLive("are never more than one where the database takes one process", () =>
    Effect.gen(function*() {
      const { client } = yield* started({ name: "delivery", alone: "one-writer" })
      const path = { service: "delivery" }
      const refused = yield* Effect.flip(client.scale({ path, payload: { processes: 2 } }))
      assert.deepInclude({ ...refused }, { _tag: "NotPossible", reason: "one-writer" })
      const [before] = yield* pids(client, "delivery")
      const { processes } = yield* client.restart({ path })
      assert.lengthOf(processes, 1)
      assert.notStrictEqual(processes[0]?.pid, before)
    }))

  it.scopedLive("are stopped and started", () =>
    Effect.gen(function*() {
      const { client } = yield* started({ name: "delivery", count: 2 })
      const path = { service: "delivery" }
      const stopped = yield* client.stop({ path })
      assert.deepStrictEqual([stopped.wanted, stopped.processes], [0, []])
      const refused = yield* Effect.flip(client.restart({ path }))
      assert.deepInclude({ ...refused }, { _tag: "NotPossible", reason: "stopped" })
      const again = yield* client.start({ path })
      assert.deepStrictEqual(again.processes.map(({ state }) => state), ["ready", "ready"])
    }))

  it.scopedLive("are replaced one by one while callers see nothing of it", () =>
    Effect.gen(function*() {
      const { client, url } = yield* started({ name: "gateway", count: 2 })
      const before = yield* pids(client, "gateway")
      let calls = 0
      const caller = yield* fetched(url).pipe(
        Effect.tap(() => Effect.sync(() => calls++)),
        Effect.forever,
        Effect.fork
      )
      yield* client.restart({ path: { service: "gateway" } })
      const after = yield* pids(client, "gateway")
      assert.isEmpty(after.filter((pid) => before.includes(pid)))
      assert.strictEqual((yield* Fiber.poll(caller))._tag, "None")
      assert.isAbove(calls, 0)
      yield* Fiber.interrupt(caller)
    }))
})

describe("the control address", () => {
  it.scopedLive("is for its owner alone", () =>
    Effect.gen(function*() {
      const { folder } = yield* started({ name: "gateway" })
      const file = join(folder, "supervisor.json")
      assert.strictEqual(statSync(file).mode & 0o777, 0o600)
      const { url } = JSON.parse(readFileSync(file, "utf8"))
      const answers = yield* Effect.promise(() =>
        Promise.all(
          [{}, { authorization: "Bearer guess" }].map((headers) => fetch(`${url}/status`, { headers }))
        )
      )
      assert.deepStrictEqual(answers.map(({ status }) => status), [401, 401])
    }))

  it.scopedLive("knows no other services and processes", () =>
    Effect.gen(function*() {
      const { client } = yield* started({ name: "gateway" })
      const service = yield* Effect.flip(client.restart({ path: { service: "kitchen" } }))
      assert.deepInclude({ ...service }, { _tag: "NoSuchProcess", service: "kitchen", index: null })
      const one = yield* Effect.flip(client.kill({ path: { service: "gateway", index: 9 } }))
      assert.deepInclude({ ...one }, { _tag: "NoSuchProcess", index: 9 })
    }))

  it.scopedLive("belongs to one supervisor of a folder", () =>
    Effect.gen(function*() {
      const { folder } = yield* opened({ name: "gateway" })
      const error = yield* Effect.flip(Effect.scoped(ToyCluster.open(folder, [{ name: "gateway" }])))
      assert.deepInclude({ ...error }, { _tag: "FolderTaken", inUse: true })
    }))
})
