/** Every app as its image runs it: process 1, an ordinary user, a root that nobody can write to. Needs root. */
import { assert, describe, it } from "@effect/vitest"
import * as Callers from "@saucier/proof/Callers"
import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { chownSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import * as PostgresServer from "../../packages/eventstore-sql/test/PostgresServer.ts"
import * as Figures from "../cluster/Figures.ts"
import * as World from "../cluster/World.ts"
import * as Folders from "./Folders.ts"
import * as Packaging from "./Packaging.ts"
import * as Sandbox from "./Sandbox.ts"

const start = ["/app/main.js", "start"]

const packaged = Folders.shared()

/** It listens on all addresses, which wants keys unless told otherwise. */
const anonymous = { SAUCIER_AUTH_ANONYMOUS: "everywhere" }

const data = Effect.map(Folders.temporary, (folder) => {
  const path = join(folder, "data")
  mkdirSync(path, { mode: 0o700 })
  chownSync(path, Sandbox.user, Sandbox.user)
  return path
})

/** What the kernel says of a process; the last of its ids is the one that it has among its own. */
const statusOf = (pid: number) => {
  const text = readFileSync(`/proc/${pid}/status`, "utf8")
  const field = (name: string) =>
    new RegExp(`^${name}:\\s*(.*)$`, "m").exec(text)?.[1]?.trim().split(/\s+/) ?? []
  return {
    id: field("NSpid").at(-1),
    users: Array.from(new Set(field("Uid"))),
    capabilities: field("CapEff"),
    noNewPrivileges: field("NoNewPrivs")
  }
}

const confined = {
  id: "1",
  users: [`${Sandbox.user}`],
  capabilities: ["0000000000000000"],
  noNewPrivileges: ["1"]
}

const bytesOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

const ready = (url: string, process: Sandbox.Sandbox) =>
  World.until(
    Effect.filterOrDieMessage(World.ask(url), () => !process.ended.is, "It ended early"),
    ({ status }) => status >= 200 && status < 300
  ).pipe(Effect.tapDefect(() => Effect.sync(() => process.output.text).pipe(Effect.flatMap(Effect.logError))))

const terminate = (process: Sandbox.Sandbox) =>
  Effect.gen(function*() {
    globalThis.process.kill(yield* process.pid, "SIGTERM")
    return yield* process.exit
  })

describe("the image's root", () => {
  it.scopedLive("cannot be written to, nor the app, by a user who cannot become another", () =>
    Effect.gen(function*() {
      const app = yield* packaged("provider")
      for (const path of ["/app/main.js", "/file", "/etc/saucier/file", "/tmp/file"]) {
        const { code, said } = yield* Sandbox.run({
          app,
          parameters: ["-e", `require("node:fs").writeFileSync(${JSON.stringify(path)}, "")`]
        })
        assert.strictEqual(code, 1)
        assert.match(said, /EROFS|EACCES/, path)
      }
    }))

  it.scopedLive("is all that the single process needs besides its data: an order is taken and kept", () =>
    Effect.gen(function*() {
      const app = yield* packaged("saucier")
      const folder = yield* data
      const port = yield* LoopbackPort.free
      const environment = { SAUCIER_HTTP_PORT: `${port}`, ...anonymous }
      const base = `http://127.0.0.1:${port}`
      const first = yield* Sandbox.start({ app, data: folder, environment, parameters: start })
      yield* ready(`${base}/readyz`, first)
      assert.deepStrictEqual(statusOf(yield* first.pid), confined)
      const { orderId, status } = yield* Callers.order(base, "an-order")
      assert.strictEqual(status, 201)
      assert.strictEqual(yield* terminate(first), 0)

      const second = yield* Sandbox.start({ app, data: folder, environment, parameters: start })
      yield* ready(`${base}/readyz`, second)
      assert.strictEqual((yield* World.ask(`${base}/orders/${orderId}`)).status, 200)
      assert.strictEqual(yield* terminate(second), 0)
    }))

  it.scopedLive("is no door that stands open: where anybody can come, it wants keys", () =>
    Effect.forEach(["saucier", "gateway"] as const, (name) =>
      Effect.gen(function*() {
        const app = yield* packaged(name)
        const environment = { SAUCIER_CLUSTER_DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" }
        const { code, said } = yield* Sandbox.run({
          app,
          data: yield* data,
          ...(name === "gateway" ? { environment } : {}),
          parameters: start
        })
        assert.strictEqual(code, 78, said)
        assert.include(said, "SAUCIER_AUTH_KEYS")
      })))

  it.scopedLive("stops every app that is given a bad value, with the file that holds it", () =>
    Effect.forEach(Packaging.apps, (name) =>
      Effect.gen(function*() {
        const app = yield* packaged(name)
        const key = name === "provider" ? "SAUCIER_PROVIDER_CAPACITY" : "SAUCIER_RUNNER_PORT"
        const settings = yield* Folders.mounted(yield* Folders.temporary, { [key]: "many" })
        const environment = { SAUCIER_CONFIG_DIR: "/etc/saucier" }
        const { code, said } = yield* Sandbox.run({ app, settings, environment, parameters: start })
        assert.strictEqual(code, 78, `${name}: ${said}`)
        assert.match(said, new RegExp(`${key} must be .*many.*/etc/saucier/${key}`), name)
        yield* Figures.note(`image-${name}`, { megabytes: bytesOf(app) / 1e6 })
      }), { discard: true }))
})

describe("the images of a cluster", () => {
  const server = PostgresServer.shared({ durable: true })

  it.scopedLive("take an order together, each asked for its health by its own command", () =>
    Effect.gen(function*() {
      const { url } = yield* PostgresServer.PostgresServer
      const database = Redacted.value(url)
      const contexts = ["order", "payment", "delivery", "dashboard"] as const
      const [bank, control] = [yield* LoopbackPort.free, yield* LoopbackPort.free]
      const environment = {
        ...anonymous,
        SAUCIER_CLUSTER_DATABASE_URL: database,
        ...Object.fromEntries(
          contexts.map((name) => [`SAUCIER_${name.toUpperCase()}_DATABASE_URL`, database])
        ),
        SAUCIER_PROVIDER_URL: `http://127.0.0.1:${bank}`,
        SAUCIER_PROVIDER_CONTROL_URL: `http://127.0.0.1:${control}`
      }
      const provider = yield* Sandbox.start({
        app: yield* packaged("provider"),
        data: yield* data,
        environment: {
          SAUCIER_PROVIDER_PRESET: "instant",
          SAUCIER_PROVIDER_HTTP_PORT: `${bank}`,
          SAUCIER_PROVIDER_CONTROL_PORT: `${control}`
        },
        parameters: start
      })
      yield* ready(`http://127.0.0.1:${control}/readyz`, provider)
      const services = yield* Effect.forEach(
        [...contexts, "gateway"] as const,
        (name) =>
          Effect.gen(function*() {
            const port = yield* LoopbackPort.free
            const app = yield* packaged(name)
            const own = {
              ...environment,
              SAUCIER_HTTP_PORT: `${port}`,
              SAUCIER_RUNNER_PORT: `${yield* LoopbackPort.free}`
            }
            const process = yield* Sandbox.start({ app, environment: own, parameters: start })
            return { name, app, own, process, base: `http://127.0.0.1:${port}` }
          })
      )
      for (const { app, base, name, own, process } of services) {
        yield* ready(`${base}/readyz`, process)
        assert.deepStrictEqual(statusOf(yield* process.pid), confined, name)
        const { code } = yield* Sandbox.run({
          app,
          environment: own,
          parameters: ["/app/health.js", "/readyz"]
        })
        assert.strictEqual(code, 0, name)
      }
      const base = services.find(({ name }) => name === "gateway")?.base ?? ""
      const { orderId, status } = yield* Callers.order(base, "an-order")
      assert.strictEqual(status, 201)
      yield* World.until(
        World.ask(`${base}/orderDashboards/${orderId}`),
        ({ text }) => text.includes("\"Preparing\"")
      )
      assert.include((yield* World.ask(base)).text, "<html")
      for (const { name, process } of services.toReversed()) {
        assert.strictEqual(yield* terminate(process), 0, name)
      }
      assert.strictEqual(yield* terminate(provider), 0)
    }).pipe(Effect.provide(server)))
})
