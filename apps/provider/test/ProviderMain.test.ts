/** The provider as its users start it. */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import { PaymentProvider } from "@saucier/payment/PaymentProvider"
import * as PaymentProviderHttp from "@saucier/payment/PaymentProviderHttp"
import { ProviderEvent } from "@saucier/payment/ProviderEvent"
import { ProviderPresets } from "@saucier/payment/ProviderPresets"
import * as ProviderPresetsHttp from "@saucier/payment/ProviderPresetsHttp"
import * as WebhookSignature from "@saucier/payment/WebhookSignature"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Http from "node:http"
import { newCharge, statement } from "../../../packages/payment/test/PaymentProviderContract.ts"
import * as ProviderProcess from "./ProviderProcess.ts"

const connect = ({ controlUrl, url }: { readonly controlUrl: string; readonly url: string }) =>
  Layer.build(
    Layer.merge(PaymentProviderHttp.layer(url), ProviderPresetsHttp.layer(controlUrl)).pipe(
      Layer.provideMerge(NodeHttpClient.layerUndici)
    )
  )

interface Received {
  readonly headers: Http.IncomingHttpHeaders
  readonly body: string
}

/** Takes webhooks; refuses the first so many. Done when as many as wanted were taken. */
const receiver = (refusals: number, wanted: number) =>
  Effect.gen(function*() {
    const all = yield* Deferred.make<ReadonlyArray<Received>>()
    const taken: Array<Received> = []
    let left = refusals
    const server = yield* Effect.acquireRelease(
      Effect.async<Http.Server>((resume) => {
        const server = Http.createServer((request, response) => {
          let body = ""
          request.on("data", (chunk: Buffer) => {
            body += chunk.toString()
          })
          request.on("end", () => {
            response.writeHead(left-- > 0 ? 500 : 204).end()
            if (left < 0) taken.push({ headers: request.headers, body })
            if (taken.length === wanted) Effect.runSync(Deferred.succeed(all, taken))
          })
        })
        server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
      }),
      (server) =>
        Effect.sync(() => {
          server.close()
          server.closeAllConnections()
        })
    )
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    return { url: `http://127.0.0.1:${port}/webhooks`, all: Deferred.await(all) }
  })

describe("the provider's process", () => {
  it.scopedLive("has every charge in its ledger that it acknowledged before kill -9, and none twice", () =>
    Effect.gen(function*() {
      const folder = yield* ProviderProcess.temporaryFolder
      const first = yield* ProviderProcess.start(folder)
      const parties = yield* connect(first)
      const { charge } = Context.get(parties, PaymentProvider)
      const charges = yield* Effect.replicateEffect(newCharge, 600)
      const acknowledged: Array<string> = []
      const enough = yield* Deferred.make<void>()
      const fiber = yield* Effect.fork(Effect.forEach(charges, (wanted) =>
        Effect.gen(function*() {
          const answer = yield* Effect.either(charge(wanted))
          if (answer._tag === "Right") acknowledged.push(wanted.key)
          if (acknowledged.length === 100) yield* Deferred.succeed(enough, undefined)
        }), { concurrency: 16, discard: true }))
      yield* Deferred.await(enough)
      assert.isNull(yield* first.end("SIGKILL"))
      yield* Fiber.join(fiber)
      assert.isBelow(acknowledged.length, charges.length)

      const again = yield* connect(yield* ProviderProcess.start(folder))
      const provider = Context.get(again, PaymentProvider)
      const known = yield* Effect.forEach(acknowledged, provider.inquire, { concurrency: 16 })
      assert.isTrue(known.every(({ _tag }) => _tag === "Captured"))
      const replies = yield* Effect.forEach(charges, (wanted) => provider.charge(wanted), { concurrency: 16 })
      assert.isTrue(replies.every(({ _tag }) => _tag === "Captured"))
      const lines = yield* Effect.provide(statement(), again)
      assert.deepStrictEqual(lines.map(({ key }) => key).sort(), charges.map(({ key }) => key).sort())
    }))

  it.scopedLive("really refuses the connection while it is down, and ends with 0 when told to stop", () =>
    Effect.gen(function*() {
      const process = yield* ProviderProcess.start(yield* ProviderProcess.temporaryFolder, {
        SAUCIER_PROVIDER_PRESET: "down"
      })
      const parties = yield* connect(process)
      const wanted = yield* newCharge
      const refused = yield* Effect.flip(Context.get(parties, PaymentProvider).charge(wanted))
      assert.deepInclude(refused, { _tag: "ProviderRefused", detail: "no connection (ECONNREFUSED)" })
      const metrics = yield* Context.get(parties, HttpClient.HttpClient).get(`${process.controlUrl}/metrics`)
      assert.include(yield* metrics.text, `saucier_build_info{node="`)
      const ready = yield* Context.get(parties, HttpClient.HttpClient).get(`${process.controlUrl}/readyz`)
      assert.strictEqual(ready.status, 204)
      yield* Context.get(parties, ProviderPresets).set({ preset: "instant", lostReplyRate: 0 })
      assert.strictEqual((yield* Context.get(parties, PaymentProvider).charge(wanted))._tag, "Captured")
      assert.strictEqual(yield* process.end("SIGTERM"), 0)
    }))

  it.scopedLive("signs its webhooks with every secret and sends them until they are taken", () =>
    Effect.gen(function*() {
      const secrets = ["the older of two secrets", "the newer of two secrets"]
      const { all, url } = yield* receiver(2, 2)
      const parties = yield* connect(
        yield* ProviderProcess.start(yield* ProviderProcess.temporaryFolder, {
          SAUCIER_PROVIDER_WEBHOOK_URL: url,
          SAUCIER_PROVIDER_WEBHOOK_SECRET: secrets.join(",")
        })
      )
      const provider = Context.get(parties, PaymentProvider)
      const wanted = yield* newCharge
      yield* provider.charge(wanted)
      yield* provider.refund(wanted.key)
      const received = yield* all
      for (const { body, headers } of received) {
        const event = Schema.decodeSync(Schema.parseJson(ProviderEvent))(body)
        const id = String(headers["webhook-id"])
        assert.strictEqual(event.id, id)
        assert.deepInclude(event, { key: wanted.key, amount: wanted.amount })
        const signed = { id, timestamp: String(headers["webhook-timestamp"]), body }
        for (const secret of secrets) {
          const signatures = String(headers["webhook-signature"])
          assert.isTrue(WebhookSignature.verify([Redacted.make(secret)], signatures, signed))
        }
      }
      const types = received.map(({ body }) => Schema.decodeSync(Schema.parseJson(ProviderEvent))(body).type)
      assert.deepStrictEqual(types.sort(), ["charge.captured", "charge.refunded"])
    }))

  it.scopedLive.each(
    [
      ["SAUCIER_PROVIDER_HTTP_PORT", "http"],
      ["SAUCIER_PROVIDER_PRESET", "heathly"],
      ["SAUCIER_PROVIDER_CAPACITY", "0"],
      ["SAUCIER_PROVIDER_LOST_REPLY_RATE", "2"],
      ["SAUCIER_PROVIDER_WEBHOOK_URL", "ftp://example.org"]
    ] as const
  )("ends with 78 and names %s when it is %s", ([key, value]) =>
    Effect.gen(function*() {
      const { code, text } = yield* ProviderProcess.fails({ [key]: value })
      assert.strictEqual(code, 78)
      assert.include(text, `${key} must be`)
      assert.include(text, JSON.stringify(`not "${value}"`).slice(1, -1))
    }))

  it.scopedLive("never shows a secret that is not valid", () =>
    Effect.gen(function*() {
      const { code, text } = yield* ProviderProcess.fails({ SAUCIER_PROVIDER_WEBHOOK_SECRET: "hush" })
      assert.strictEqual(code, 78)
      assert.notInclude(text, "hush")
    }))

  it.scopedLive("refuses a second process on the same ledger with 69", () =>
    Effect.gen(function*() {
      const folder = yield* ProviderProcess.temporaryFolder
      yield* ProviderProcess.start(folder)
      const { code, text } = yield* ProviderProcess.fails({ SAUCIER_PROVIDER_DATA_DIR: folder })
      assert.strictEqual(code, 69)
      assert.include(text, "another process has")
    }))
})
