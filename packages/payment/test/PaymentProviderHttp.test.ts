/** The adapter before a bank that answers anything at all. */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { assert, describe, it } from "@effect/vitest"
import {
  ChargeReply,
  InquiryReply,
  PaymentProvider,
  ProviderRefused,
  ProviderSilent,
  RefundReply,
  VoidReply
} from "@saucier/payment/PaymentProvider"
import * as PaymentProviderHttp from "@saucier/payment/PaymentProviderHttp"
import { LedgerPage, ProviderLedger } from "@saucier/payment/ProviderLedger"
import * as Arbitrary from "effect/Arbitrary"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Net from "node:net"
import { newCharge } from "./PaymentProviderContract.ts"

/** Listens on a free port; what it reads of a request is kept, and the answer is the bytes that it is given. */
const bank = Effect.gen(function*() {
  const state: { answer: Buffer; heard: Array<string> } = { answer: Buffer.alloc(0), heard: [] }
  const server = yield* Effect.acquireRelease(
    Effect.async<Net.Server>((resume) => {
      const server = Net.createServer((socket) => {
        let heard = ""
        socket.on("error", () => socket.destroy())
        socket.on("data", (chunk) => {
          heard += chunk.toString("latin1")
          if (!heard.includes("\r\n\r\n")) return
          state.heard.push(heard)
          socket.end(state.answer)
        })
      })
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) => Effect.sync(() => server.close())
  )
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`
  return { url, state }
})

const clients = {
  undici: NodeHttpClient.layerUndici,
  node: NodeHttpClient.layer,
  fetch: FetchHttpClient.layer
}

const connect = (url: string, client: keyof typeof clients = "undici") =>
  Effect.map(
    Layer.build(PaymentProviderHttp.layer(url).pipe(Layer.provide(clients[client]))),
    (parts) => ({ provider: Context.get(parts, PaymentProvider), ledger: Context.get(parts, ProviderLedger) })
  )

const http = (status: number, body: string, headers: Record<string, string> = {}) =>
  Buffer.from([
    `HTTP/1.1 ${status} Whatever`,
    ...Object.entries({ "content-length": `${Buffer.byteLength(body)}`, ...headers }).map((pair) =>
      pair.join(": ")
    ),
    "",
    body
  ].join("\r\n"))

const anyReply = FastCheck.oneof(
  Arbitrary.make(ChargeReply),
  Arbitrary.make(InquiryReply),
  Arbitrary.make(VoidReply),
  Arbitrary.make(RefundReply),
  Arbitrary.make(ProviderRefused).map(({ detail }) => ({ _tag: "ProviderRefused", detail })),
  FastCheck.constant({ items: [], next: null }),
  FastCheck.jsonValue()
).map((value) => JSON.stringify(value))

const body = FastCheck.oneof(
  { weight: 3, arbitrary: anyReply },
  { weight: 1, arbitrary: FastCheck.string() },
  { weight: 1, arbitrary: anyReply.map((text) => text.slice(0, text.length / 2)) },
  {
    weight: 1,
    arbitrary: FastCheck.constantFrom(`"${"x".repeat(70_000)}"`, "[".repeat(60_000), " ".repeat(200_000))
  }
)
const headers = FastCheck.constantFrom<Record<string, string>>(
  {},
  {},
  { "content-type": "application/json" },
  { "content-length": "3" },
  { "content-length": "999999" },
  { "content-length": "-1" },
  { "transfer-encoding": "chunked" },
  { "content-encoding": "gzip" },
  { "location": "/elsewhere" },
  { "set-cookie": "a=b; max-age=x" },
  { "content-type": "text/html; charset=nonsense" }
)
const status = FastCheck.oneof(
  FastCheck.constantFrom(200, 200, 503, 503, 100, 204, 301, 304, 307, 400, 404, 429, 500),
  FastCheck.integer({ min: 0, max: 999 })
)

const answers = FastCheck.oneof(
  { weight: 8, arbitrary: FastCheck.tuple(status, body, headers).map((parts) => http(...parts)) },
  {
    weight: 1,
    arbitrary: FastCheck.tuple(status, body, headers, FastCheck.nat(200)).map((
      [status, body, headers, cut]
    ) => http(status, body, headers).subarray(0, cut))
  },
  { weight: 1, arbitrary: FastCheck.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) }
)

const names = ["charge", "inquire", "void", "refund", "page"] as const
type Call = (typeof names)[number]

const replySchemas: Readonly<Record<Call, Schema.Schema.AnyNoContext>> = {
  charge: ChargeReply,
  inquire: InquiryReply,
  void: VoidReply,
  refund: RefundReply,
  page: LedgerPage
}

/** Only these words of the bank are a promise that it did nothing. */
const promises = /^HTTP\/1\.1 503 [^]*"_tag":"ProviderRefused"/

const isPromise = (answer: Buffer) => promises.test(answer.toString())

describe("the HTTP adapter", () => {
  it.scopedLive.prop(
    "gives a reply of the contract or a typed failure, whatever the bank sends",
    [FastCheck.constantFrom<keyof typeof clients>("undici", "undici", "node", "fetch"), answers],
    ([client, answer]) =>
      Effect.gen(function*() {
        const { state, url } = yield* bank
        const { ledger, provider } = yield* connect(url, client)
        state.answer = answer
        const charge = yield* newCharge
        const calls = {
          charge: provider.charge(charge),
          inquire: provider.inquire(charge.key),
          void: provider.void(charge.key),
          refund: provider.refund(charge.key),
          page: ledger.page("", 10)
        }
        for (const name of names) {
          const exit = yield* Effect.exit<unknown, unknown, never>(calls[name])
          if (Exit.isSuccess(exit)) {
            assert.isTrue(Schema.is(replySchemas[name])(exit.value))
          } else {
            const failure = Option.getOrThrowWith(Cause.failureOption(exit.cause), () =>
              new Error(Cause.pretty(exit.cause)))
            if (!isPromise(answer)) {
              assert.instanceOf(failure, ProviderSilent)
            }
            assert.isTrue(failure instanceof ProviderSilent || failure instanceof ProviderRefused)
          }
        }
      }),
    { fastCheck: { numRuns: 200 } }
  )

  const captured = JSON.stringify({
    _tag: "Captured",
    reference: "cap_1",
    amount: { amount: 10_000, currency: "KRW" }
  })

  const outcomes: ReadonlyArray<readonly [string, Buffer, string]> = [
    ["a capture", http(200, captured), "Captured"],
    ["a typed refusal", http(503, `{"_tag":"ProviderRefused","detail":"full"}`), "ProviderRefused"],
    ["a load balancer's 503", http(503, "<h1>no upstream</h1>"), "ProviderSilent"],
    ["a refusal of status 500", http(500, `{"_tag":"ProviderRefused","detail":"full"}`), "ProviderSilent"],
    ["a capture of status 201", http(201, captured), "ProviderSilent"],
    ["a redirection", http(307, "", { location: "/charges" }), "ProviderSilent"],
    ["a capture of nothing", http(200, captured.replace("10000", "0")), "ProviderSilent"],
    ["a reply that is cut", http(200, captured).subarray(0, -3), "ProviderSilent"],
    [
      "a compressed answer that is none",
      http(200, "x".repeat(70_000), { "content-encoding": "gzip" }),
      "ProviderSilent"
    ],
    ["64 kB and a byte", http(200, captured.padEnd(65_537)), "ProviderSilent"],
    ["64 kB", http(200, captured.padEnd(65_536)), "Captured"],
    ["no answer", Buffer.alloc(0), "ProviderSilent"]
  ]
  for (const client of ["undici", "node", "fetch"] as const) {
    it.scopedLive.each(outcomes)(
      `understands %s over ${client}`,
      ([, answer, tag]) =>
        Effect.gen(function*() {
          const { state, url } = yield* bank
          const { provider } = yield* connect(url, client)
          state.answer = answer
          const reply = yield* Effect.either(provider.charge(yield* newCharge))
          assert.strictEqual(reply._tag === "Right" ? reply.right._tag : reply.left._tag, tag)
          assert.lengthOf(state.heard, 1)
        })
    )

    it.scopedLive(`knows over ${client} that nothing happened where nobody listens`, () =>
      Effect.gen(function*() {
        const { url } = yield* Effect.scoped(bank)
        const { provider } = yield* connect(url, client)
        const failure = yield* Effect.flip(provider.charge(yield* newCharge))
        assert.deepInclude(failure, { _tag: "ProviderRefused", detail: "no connection (ECONNREFUSED)" })
      }))

    it.scopedLive(`follows no redirection over ${client}`, () =>
      Effect.gen(function*() {
        const { state, url } = yield* bank
        const { provider } = yield* connect(url, client)
        state.answer = http(302, "", { location: "/elsewhere" })
        assert.instanceOf(yield* Effect.flip(provider.inquire("pay_1")), ProviderSilent)
        assert.lengthOf(state.heard, 1)
      }))

    it.scopedLive(`asks for no compression over ${client}`, () =>
      Effect.gen(function*() {
        const { state, url } = yield* bank
        const { provider } = yield* connect(url, client)
        state.answer = http(200, captured)
        yield* provider.charge(yield* newCharge)
        assert.match(state.heard[0] ?? "", /^accept-encoding: identity\r$/im)
        assert.lengthOf((state.heard[0] ?? "").match(/^accept-encoding:/gim) ?? [], 1)
      }))

    it.scopedLive(`passes on the trace over ${client}`, () =>
      Effect.gen(function*() {
        const { state, url } = yield* bank
        const { provider } = yield* connect(url, client)
        state.answer = http(200, captured)
        const charge = yield* newCharge
        const traceId = yield* Effect.withSpan(
          Effect.flatMap(Effect.currentSpan, (span) => Effect.as(provider.charge(charge), span.traceId)),
          "test"
        )
        assert.match(state.heard[0] ?? "", new RegExp(`traceparent: 00-${traceId}-[0-9a-f]{16}-01\r\n`, "i"))
      }))
  }
})
