import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it, layer } from "@effect/vitest"
import * as ChaosDeskHere from "@saucier/app-saucier/ChaosDeskHere"
import * as ChaosMode from "@saucier/app-saucier/ChaosMode"
import * as ChaosProcesses from "@saucier/app-saucier/ChaosProcesses"
import { Chaos } from "@saucier/assembly/Chaos"
import { ChaosOff } from "@saucier/assembly/ChaosRejections"
import { Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import { CommandId } from "@saucier/kernel/CommandMeta"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import * as TypeId from "@saucier/kernel/TypeId"
import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import { ChargeCaptured, ledgerCodec, streamOf } from "@saucier/provider/Ledger"
import * as Presets from "@saucier/provider/Presets"
import * as AuthKeys from "@saucier/runtime/AuthKeys"
import * as Settings from "@saucier/runtime/Settings"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Http from "node:http"
import { join } from "node:path"
import { type Client, seed, start, temporaryFolder, until, world } from "./World.ts"

const decode = Schema.decodeUnknownSync(Chaos)
const chaos = (saucier: Client) => Effect.map(saucier.get("/ops/chaos"), ({ body }) => decode(body))
const strike = (saucier: Client, body: unknown) =>
  Effect.map(saucier.post("/ops/chaos", body), (answer) => {
    assert.strictEqual(answer.status, 200, JSON.stringify(answer.body))
    return decode(answer.body)
  })

/** The counters once all has been read that was there now. */
const counted = (saucier: Client) =>
  Effect.gen(function*() {
    const { at } = yield* chaos(saucier)
    const { counters } = yield* until(chaos(saucier), ({ counters }) => (counters.at ?? 0) > at)
    return counters
  })

const breaker = (saucier: Client) =>
  Effect.map(saucier.get("/ops/pulse"), ({ body }) => JSON.stringify(body["breakers"]))

const key = AuthKeys.render(AuthKeys.hashOf("sk_ada"), { name: "ada", role: "operator", branchId: null })

/** A capture in the bank's books of which we know nothing. */
const charge = (folder: string, orderId: Ids.OrderId, key: string) =>
  Effect.gen(function*() {
    const at = yield* DateTime.now
    const amount = { amount: MinorUnits.make(10_000), currency: "KRW" } as const
    const { append } = yield* EventStore
    yield* append({
      streamId: streamOf(key),
      expected: Version.make(0),
      commandId: CommandId.make("planted"),
      events: [ledgerCodec.encode(ChargeCaptured.make({ at, orderId, amount }))],
      meta: {
        correlationId: "test",
        causationId: null,
        actor: "test",
        occurredAt: at.epochMillis,
        traceparent: null
      }
    })
  }).pipe(Effect.provide(SqliteStore.layer({ filename: join(folder, "provider.db"), name: "provider" })))

/** A door that says yes to every order and passes on none; what else is asked, it passes on. */
const liar = (url: string, orderId: Ids.OrderId) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.async<Http.Server>((resume) => {
        const server = Http.createServer((request, response) => {
          if (request.method === "POST") {
            response.writeHead(201, { "content-type": "application/json" })
            response.end(JSON.stringify({ id: orderId }))
            return
          }
          Http.get(`${url}${request.url}`, (answer) => {
            response.writeHead(answer.statusCode ?? 500, answer.headers)
            answer.pipe(response)
          })
        })
        server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
      }),
      (server) =>
        Effect.sync(() => {
          server.close()
          server.closeAllConnections()
        })
    ),
    (server) => {
      const address = server.address()
      return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
    }
  )

class SharedWorld extends Context.Tag("SharedWorld")<SharedWorld, Client>() {}

/** As a browser would send it, which `fetch` does not let anybody do: with the name that a page knows us by. */
const asked = (url: string, method: string, headers: Record<string, string>, body = "") =>
  Effect.promise(() =>
    new Promise<string>((resolve, reject) => {
      const request = Http.request(url, { method, headers }, (response) => {
        response.setEncoding("utf8")
        let text = ""
        response.on("data", (chunk: string) => text += chunk)
        response.on("end", () => resolve(`${response.statusCode} ${text}`))
      })
      request.once("error", reject)
      request.end(body)
    })
  )

describe("the chaos desk of one process", () => {
  it.scopedLive("lets the bank go down, which opens the breaker, and puts back what was before", () =>
    Effect.gen(function*() {
      const saucier = yield* world("instant", { SAUCIER_BREAKER_MINIMUM_CALLS: "5" })
      const { faults: [fault], preset } = yield* strike(saucier, {
        kind: "preset",
        preset: "down",
        seconds: 300
      })
      assert.strictEqual(preset, "down")
      assert.deepInclude(fault, { phase: "under-way", meanwhile: ["refused"] })
      assert.strictEqual((fault?.endsAt ?? 0) - (fault?.startedAt ?? 0), 300_000)
      const answers = yield* Effect.replicateEffect(saucier.post("/orders", seed), 8, { concurrency: 8 })
      assert.isTrue(answers.every(({ headers, status }) => status === 503 && headers.has("retry-after")))
      yield* until(breaker(saucier), (shown) => shown.includes(`"state":"Open"`))
      assert.deepInclude(yield* counted(saucier), {
        orders: 8,
        charges: 0,
        lost: 0,
        doubled: 0,
        unordered: 0
      })

      // A preset takes the place of the one before; its end leads to where the first began, and comes by itself.
      yield* strike(saucier, { kind: "preset", preset: "decline", seconds: 1 })
      const healed = yield* until(chaos(saucier), ({ faults }) => faults.length === 0)
      assert.strictEqual(healed.preset, "instant")
      const [last, first] = healed.past
      assert.deepInclude(first, { id: fault?.id ?? "", trouble: null })
      assert.isAtLeast(last?.endedAt ?? 0, (last?.startedAt ?? Infinity) + 1000)
    }))

  it.scopedLive("finds what the bank took twice, and for an order that there is not", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const orderId = Ids.orderId(yield* TypeId.generate)
      yield* charge(folder, orderId, Ids.paymentIdOf(orderId))
      yield* charge(folder, orderId, "once-more")
      const counters = yield* counted(yield* start(folder))
      assert.deepInclude(counters, { orders: 0, charges: 2, lost: 0, doubled: 1, unordered: 1 })
      assert.deepStrictEqual(counters.examples, [
        { orderId, counter: "doubled" },
        { orderId, counter: "unordered" }
      ])
    }))

  it.effect.each<readonly [Readonly<Record<string, string>>, string | null]>([
    [{}, null],
    [{ SAUCIER_HTTP_HOST: "0.0.0.0", SAUCIER_AUTH_ANONYMOUS: "everywhere" }, "SAUCIER_HTTP_HOST"],
    [{ SAUCIER_AUTH_KEYS: key }, "SAUCIER_AUTH_KEYS"],
    [{ SAUCIER_PROVIDER_URL: "http://127.0.0.1:9" }, "SAUCIER_PROVIDER_URL"]
  ])("with the settings %j is off because of %s", ([settings, because]) =>
    Effect.gen(function*() {
      const reason = ChaosMode.offBecause(yield* Settings.load)
      assert.strictEqual(reason === null, because === null)
      if (reason !== null && because !== null) assert.include(new ChaosOff({ reason }).message, because)
    }).pipe(
      Effect.withConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(settings)))),
      Effect.provide(NodeContext.layer)
    ))

  it.scopedLive("is no page where it is off, and says what to do", () =>
    Effect.gen(function*() {
      const saucier = yield* world("instant", { SAUCIER_PROVIDER_URL: "http://127.0.0.1:9" })
      for (const ask of [saucier.get("/ops/chaos"), saucier.post("/ops/chaos", { kind: "end" })]) {
        const { body } = yield* ask
        assert.deepInclude(body, { status: 404, code: "chaos-off" })
        assert.include(String(body["detail"]), "SAUCIER_PROVIDER_URL")
      }
    }))
})

layer(Layer.orDie(Layer.scoped(SharedWorld, world())), { excludeTestServices: true, timeout: "2 minutes" })(
  "the chaos desk",
  (it) => {
    it.scoped("places orders at a rate, and holds the books against what was acknowledged", () =>
      Effect.gen(function*() {
        const saucier = yield* SharedWorld
        const { load } = yield* strike(saucier, { kind: "load", rate: 10, seconds: 1 })
        assert.deepInclude(load, { rate: 10, running: true })
        const after = yield* until(chaos(saucier), ({ faults }) => faults.length === 0)
        assert.deepStrictEqual(after.load, {
          rate: 10,
          running: false,
          sent: 10,
          answered: 10,
          answers: { 201: 10 }
        })
        const counters = yield* until(counted(saucier), ({ settling }) => settling === 0)
        assert.deepInclude(counters, {
          orders: 10,
          charges: 10,
          acknowledged: 10,
          lost: 0,
          doubled: 0,
          unordered: 0
        })
      }))

    it.scoped("ends what is under way when it is told to, one or all", () =>
      Effect.gen(function*() {
        const saucier = yield* SharedWorld
        const { faults: [slow] } = yield* strike(saucier, { kind: "preset", preset: "slow" })
        assert.lengthOf((yield* strike(saucier, { kind: "load", rate: 1, seconds: 300 })).faults, 2)
        const over = yield* saucier.post("/ops/chaos", { kind: "end", fault: "preset-99" })
        assert.deepInclude(over.body, { status: 404, code: "chaos-fault-over" })
        yield* strike(saucier, { kind: "end", fault: slow?.id })
        const quick = yield* until(chaos(saucier), ({ faults }) => faults.length === 1)
        assert.strictEqual(quick.preset, "instant")
        yield* strike(saucier, { kind: "end" })
        const quiet = yield* until(chaos(saucier), ({ faults }) => faults.length === 0)
        assert.strictEqual(quiet.load?.running, false)
      }))

    it.scoped("finds an order that was acknowledged and is not there", () =>
      Effect.gen(function*() {
        const saucier = yield* SharedWorld
        const lost = Ids.orderId(yield* TypeId.generate)
        const url = yield* liar(saucier.url, lost)
        const desk = yield* ChaosDeskHere.make({
          url,
          presets: yield* ProviderPresets,
          processes: ChaosProcesses.none
        })
        yield* desk.strike({ kind: "load", rate: 1, seconds: 1 })
        const { counters } = yield* until(Effect.orDie(desk.state), ({ counters }) => counters.lost > 0)
        assert.deepInclude(counters, { acknowledged: 1, unordered: 0 })
        assert.deepStrictEqual(counters.examples, [{ orderId: lost, counter: "lost" }])
      }).pipe(Effect.provide(Layer.merge(Presets.layer("instant"), NodeHttpClient.layerUndici))))

    it.scoped("has what every switch is expected to do, and says no to what one process cannot take", () =>
      Effect.gen(function*() {
        const saucier = yield* SharedWorld
        const { offers, services } = yield* chaos(saucier)
        assert.isEmpty(services)
        assert.isTrue(offers.every(({ holds }) => holds.length > 0))
        assert.sameMembers([...new Set(offers.map(({ strike }) => strike.kind))], ["preset", "load"])
        const kill = yield* saucier.post("/ops/chaos", { kind: "kill", service: "order" })
        assert.deepInclude(kill.body, { status: 409, code: "chaos-needs-cluster" })
        assert.include(String(kill.body["detail"]), "pnpm saucier cluster")
      }))

    it.scoped("names the field that is wrong", () =>
      Effect.gen(function*() {
        const saucier = yield* SharedWorld
        for (
          const [body, detail] of [
            [{ kind: "preset", preset: "gone" }, "preset must be one of instant"],
            [{ kind: "preset", preset: "down", seconds: 0 }, "seconds must be a whole number from 1 to 300"],
            [{ kind: "load", rate: 1000 }, "rate must be one of 1, 10, 100"],
            [{ kind: "pause", service: "kitchen" }, "service must be one of gateway"],
            [
              { kind: "scale", service: "order", processes: 99 },
              "processes must be a whole number from 1 to 8"
            ],
            [{ kind: "load", rate: 1, secnods: 3 }, "did you mean \"seconds\""],
            [{ kind: "storm" }, "kind"],
            [{}, "kind is missing"]
          ] as const
        ) {
          const answer = yield* saucier.post("/ops/chaos", body)
          assert.deepInclude(answer.body, { status: 400, code: "invalid-request" })
          assert.include(String(answer.body["detail"]), detail)
        }
      }))

    it.scoped("does nothing for a page of others", () =>
      Effect.gen(function*() {
        const saucier = yield* SharedWorld
        const url = `${saucier.url}/ops/chaos`
        const { host, port } = new URL(url)
        const json = { "content-type": "application/json" }
        const down = JSON.stringify({ kind: "preset", preset: "down" })
        const post = (headers: Record<string, string>) => asked(url, "POST", headers, down)
        assert.match(
          yield* post({ ...json, host, origin: "https://evil.example" }),
          /^403 .*(forbidden|foreign-page)/
        )
        assert.match(yield* post({ ...json, host, origin: "null" }), /^403 .*(forbidden|foreign-page)/)
        const rebound = `evil.example:${port}`
        assert.match(yield* post({ ...json, host: rebound, origin: `http://${rebound}` }), /^403 /)
        assert.match(yield* post({ ...json, host: `127.evil.example:${port}` }), /^403 /)
        assert.match(yield* asked(url, "GET", { host: rebound }), /^403 /)
        assert.match(yield* post({ "content-type": "text/plain", host, origin: `http://${host}` }), /^415 /)
        const preflight = yield* Effect.promise(() => fetch(url, { method: "OPTIONS" }))
        assert.isNull(preflight.headers.get("access-control-allow-origin"))
        assert.isEmpty((yield* chaos(saucier)).faults)
        assert.match(yield* post({ ...json, host, origin: `http://${host}` }), /^200 /)
        assert.match(
          yield* post({ ...json, host: `localhost:${port}`, origin: `http://localhost:${port}` }),
          /^200 /
        )
      }))
  }
)
