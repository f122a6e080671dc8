/** Against a kubectl that answers from a file, and a server that answers as told. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parse } from "yaml"
import * as Kubectl from "./Kubectl.ts"
import * as Rollout from "./Rollout.ts"

interface Gateway {
  readonly answers: Readonly<Record<string, number>>
  readonly asked: Array<string>
}

const wellAnswers = {
  "GET /readyz": 204,
  "GET /openapi.json": 200,
  "GET /": 200,
  "GET /orderDashboards?limit=1": 200,
  "POST /orders": 201,
  "GET /orders/ord_1": 200
}

const serving = (answers: Gateway["answers"]) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const asked: Array<string> = []
      const server = createServer((request, response) => {
        asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`.trim())
        response.writeHead(answers[`${request.method} ${request.url}`] ?? 404)
        response.end(JSON.stringify({ id: "ord_1" }))
      })
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
      const address = server.address()
      return { asked, server, port: typeof address === "object" ? address?.port : undefined }
    }),
    ({ server }) =>
      Effect.promise(() => {
        server.closeAllConnections()
        return new Promise((resolve) => server.close(resolve))
      })
  )

const State = Schema.parseJson(Schema.Struct({
  undone: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.String }), {
    default: () => ({})
  })
}))

interface World {
  readonly revisions?: Readonly<Record<string, number>>
  readonly changes?: ReadonlyArray<string>
  readonly stuck?: string
  readonly answers?: Gateway["answers"]
}

const options = {
  overlay: "cluster",
  version: "1.2.3",
  registry: "ghcr.io/somebody/saucier",
  patience: "1s",
  key: "sk_key",
  order: false
} as const

const there = { gateway: 4, order: 7, payment: 2 }

const rolledOut = (world: World, more: Partial<Rollout.Options> = {}) =>
  Effect.gen(function*() {
    const folder = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "saucier-kubectl-"))),
      (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
    )
    const stub = join(folder, "kubectl.mjs")
    copyFileSync(join(import.meta.dirname, "KubectlStub.js"), stub)
    chmodSync(stub, 0o755)
    const { asked, port } = yield* serving(world.answers ?? wellAnswers)
    const { changes = ["gateway", "order"], revisions = there, stuck } = world
    writeFileSync(join(folder, "state.json"), JSON.stringify({ changes, revisions, stuck, port }))
    const { left, right } = yield* Rollout.rollOut({ ...options, ...more }).pipe(
      Effect.provideService(Kubectl.Kubectl, stub),
      Effect.match({
        onFailure: ({ message }) => ({ left: message, right: false }),
        onSuccess: () => ({ left: "", right: true })
      })
    )
    const read = (name: string) => readFileSync(join(folder, name), "utf8")
    return {
      serves: right,
      said: left,
      asked,
      calls: read("calls"),
      applied: read("applied.yaml"),
      undone: Schema.decodeUnknownSync(State)(read("state.json")).undone
    }
  })

describe("a rollout", () => {
  it.scopedLive("applies the overlay with the images of the release, waits, and asks whether it serves", () =>
    Effect.gen(function*() {
      const { applied, asked, calls, said, serves } = yield* rolledOut({})
      assert.isTrue(serves, said)
      const { images, resources } = parse(applied)
      assert.deepStrictEqual(resources, ["../overlays/cluster"])
      assert.deepStrictEqual(
        images,
        ["gateway", "order", "payment", "delivery", "dashboard", "provider"].map((app) => ({
          name: `saucier/${app}`,
          newName: `ghcr.io/somebody/saucier/${app}`,
          newTag: "1.2.3"
        }))
      )
      for (const name of Object.keys(there)) assert.include(calls, `rollout status deployment/${name} `)
      assert.include(asked, "GET /readyz Bearer sk_key")
      assert.notInclude(asked.join(), "POST")
      assert.isEmpty(readdirSync(join(import.meta.dirname, "../k8s")).filter((name) => /release/.test(name)))
    }))

  it.scopedLive("takes back what has changed, and nothing else, when pods do not get ready", () =>
    Effect.gen(function*() {
      const { asked, said, serves, undone } = yield* rolledOut({ stuck: "order" })
      assert.isFalse(serves)
      assert.match(said, /timed out[^]*Taken back: gateway, order/)
      assert.deepStrictEqual(undone, { gateway: "--to-revision=4", order: "--to-revision=7" })
      assert.deepStrictEqual(asked, [])
    }))

  it.scopedLive("takes back what is ready and does not serve", () =>
    Effect.gen(function*() {
      const answers = { ...wellAnswers, "GET /orderDashboards?limit=1": 503 }
      const { said, undone } = yield* rolledOut({ answers })
      assert.match(said, /\/orderDashboards\?limit=1 answered 503[^]*Taken back/)
      assert.sameMembers(Object.keys(undone), ["gateway", "order"])
    }))

  it.scopedLive("leaves a first installation as it is, to be looked at", () =>
    Effect.gen(function*() {
      const { said, undone } = yield* rolledOut({ revisions: {}, stuck: "gateway" })
      assert.match(said, /timed out[^]*Nothing was there before/)
      assert.deepStrictEqual(undone, {})
    }))

  it.scopedLive("places an order when told so, and looks for it", () =>
    Effect.gen(function*() {
      const well = yield* rolledOut({}, { order: true })
      assert.include(well.asked, "GET /orders/ord_1 Bearer sk_key")
      const lost = yield* rolledOut({ answers: { ...wellAnswers, "GET /orders/ord_1": 404 } }, {
        order: true
      })
      assert.match(lost.said, /\/orders\/ord_1 answered 404[^]*Taken back/)
    }))

  it.scopedLive("takes it for served when keys are asked for and none was given, but not when a key is refused", () =>
    Effect.gen(function*() {
      const answers = { ...wellAnswers, "GET /orderDashboards?limit=1": 401 }
      assert.isTrue((yield* rolledOut({ answers }, { key: undefined })).serves)
      assert.isFalse((yield* rolledOut({ answers })).serves)
    }))
})
