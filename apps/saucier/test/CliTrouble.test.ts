import { assert, describe, it } from "@effect/vitest"
import { ParkedView } from "@saucier/assembly/OperatorHttp"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as CliProcess from "./CliProcess.ts"
import * as CliStub from "./CliStub.ts"

const parked = (version: number, error: string | null) => ({
  context: "delivery",
  subscription: "delivery.payment",
  event: {
    eventId: `payment-pay_1/${version}`,
    streamId: "payment-pay_1",
    version,
    position: `${version}`,
    type: "PaymentCaptured",
    schemaVersion: 1,
    data: {},
    commandId: "c",
    correlationId: "c",
    causationId: null,
    actor: "branch:1",
    occurredAt: 0,
    traceparent: null
  },
  error,
  tries: error === null ? 0 : 5,
  parkedAt: 0,
  request: null
})

const items = [parked(2, "It broke"), parked(3, null)]
const encoded = Schema.encodeSync(Schema.Array(ParkedView))(
  Schema.decodeUnknownSync(Schema.Array(ParkedView))(items)
)

const operator = CliStub.serve((request) =>
  request.startsWith("GET /ops/parked") ? { status: 200, body: { items: encoded } } : { status: 202 }
)

describe("saucier parked", () => {
  it.live("lists a stream once, with the event that failed and how many wait behind it", () =>
    Effect.gen(function*() {
      const { url } = yield* operator
      const { code, text } = yield* CliProcess.run(["parked", "list", "--url", url])
      assert.match(text, /delivery\.payment.*payment-pay_1.*PaymentCaptured v2.*1.*5.*It broke/)
      assert.notInclude(text, "v3")
      assert.strictEqual(code, 0)
    }).pipe(Effect.scoped))

  const wishes: ReadonlyArray<readonly ["retry" | "skip", ReadonlyArray<string>]> = [
    ["retry", ["delivery.payment", "payment-pay_1"]],
    ["retry", ["--all"]],
    ["skip", ["delivery.payment", "payment-pay_1"]]
  ]
  it.live.each(wishes)("asks the context to %s %s", ([request, which]) =>
    Effect.gen(function*() {
      const { asked, url } = yield* operator
      const { code } = yield* CliProcess.run(["parked", request, "--url", url, ...which])
      assert.strictEqual(code, 0)
      assert.deepStrictEqual(
        asked.filter((line) => line.startsWith("POST")),
        [
          `POST /ops/parked {"context":"delivery","subscription":"delivery.payment","streamId":"payment-pay_1","request":"${request}"}`
        ]
      )
    }).pipe(Effect.scoped))
})

describe("saucier load", () => {
  it.live("ends with 1 and names the orders that were acknowledged and are not there", () =>
    Effect.gen(function*() {
      const id = "ord_01h455vb4pex5vsknk084sn02q"
      const counts = { Registered: 0, Preparing: 0, Complete: 0, Cancelled: 0, Rejected: 0, total: 0 }
      const { url } = yield* CliStub.serve((request) => {
        if (request === "POST /orders") return { status: 201, body: { id } }
        if (request === "GET /counts") return { status: 200, body: counts }
        return request.startsWith("GET /orderDashboards?")
          ? { status: 200, body: { items: [], nextCursor: null } }
          : CliStub.problem(404)
      })
      const { code, errors, text } = yield* CliProcess.run(
        ["load", "--rate", "1", "--seconds", "1", "--settle", "0.1", "--url", url]
      )
      assert.include(text, `${id}  acknowledged, but it is not there`)
      assert.include(errors, "1 violations")
      assert.strictEqual(code, 1)
    }).pipe(Effect.scoped))
})
