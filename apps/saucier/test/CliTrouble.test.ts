import { assert, describe, it } from "@effect/vitest"
import { ParkedView } from "@saucier/assembly/OperatorHttp"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readdirSync } from "node:fs"
import { join } from "node:path"
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

const event = (version: number) => ({ ...items[0]?.event, version, position: `${version}` })
const firstPage = Array.from({ length: 500 }, (_, index) => event(index + 1))

/** A log of more than one page; what comes after the first is given. */
const log = (rest: CliStub.Answer) =>
  CliStub.serve((request) =>
    request.includes("after=500") ? rest : { status: 200, body: { items: firstPage } }
  )

const newest = CliStub.serve(() => ({ status: 200, body: { items: [event(501), event(502)] } }))

const versionsOf = (text: string) => text.trim().split("\n").map((line) => JSON.parse(line).version)

describe("saucier events", () => {
  it.live("are read page by page to the end of the log, each once", () =>
    Effect.gen(function*() {
      const { url } = yield* log({ status: 200, body: { items: [event(501), event(502)] } })
      const context = ["--context", "order", "--url", url]
      const all = yield* CliProcess.run(["events", "export", ...context])
      assert.deepStrictEqual(versionsOf(all.text), Array.from({ length: 502 }, (_, index) => index + 1))
      assert.strictEqual(all.code, 0)
    }).pipe(Effect.scoped))

  it.live("are shown from the newest back, however long the log is", () =>
    Effect.gen(function*() {
      const { asked, url } = yield* newest
      const context = ["--context", "order", "--url", url]
      const tail = yield* CliProcess.run(["events", "tail", "-n", "2", "--json", ...context])
      assert.deepStrictEqual(versionsOf(tail.text), [501, 502])
      assert.deepStrictEqual(asked, ["GET /ops/events/newest?context=order&limit=2"])
    }).pipe(Effect.scoped))

  it.live("leave no half a file when the server stops in the middle", () =>
    Effect.gen(function*() {
      const { url } = yield* log(CliStub.problem(503))
      const folder = yield* CliProcess.folder
      const { code, errors } = yield* CliProcess.run(
        ["events", "export", "--output", join(folder, "events.jsonl"), "--url", url]
      )
      assert.strictEqual(code, 69)
      assert.strictEqual(errors, "No (503): Not so\n")
      assert.deepStrictEqual(readdirSync(folder), [])
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
