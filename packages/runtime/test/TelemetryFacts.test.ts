import { assert, describe, it } from "@effect/vitest"
import * as TelemetryFacts from "@saucier/runtime/TelemetryFacts"
import { RecordedSpan } from "@saucier/runtime/TelemetrySpan"
import * as Context from "effect/Context"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import type * as Tracer from "effect/Tracer"

const ended = (
  kind: Tracer.SpanKind,
  attributes: Readonly<Record<string, unknown>>,
  exit: Exit.Exit<unknown, unknown> = Exit.void
) => {
  const span = new RecordedSpan({
    traceId: "a".repeat(32),
    spanId: "b".repeat(16),
    name: "POST",
    kind,
    parent: Option.none(),
    context: Context.empty(),
    links: [],
    startTime: 0n
  }, () => {})
  for (const [key, value] of Object.entries(attributes)) span.attribute(key, value)
  span.end(1n, exit)
  return span
}

const told = (attributes: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(TelemetryFacts.attributesOf(ended("client", attributes)))

describe("what is told of a span", () => {
  it("of an address is neither its query nor who signs in there", () => {
    assert.deepStrictEqual(
      told({
        "url.full": "https://saucier:canary@bank.example/charges?token=canary#canary",
        "server.address": "https://bank.example",
        "url.query": "token=canary",
        "http.request.header.authorization": "canary"
      }),
      { "url.full": "https://***@bank.example/charges", "server.address": "https://bank.example" }
    )
  })

  it("a number that JSON has not is told in words: a collector would refuse all that comes with it", () => {
    assert.deepStrictEqual(told({ rate: NaN, most: Infinity, count: 3 }), {
      rate: "NaN",
      most: "Infinity",
      count: 3
    })
  })

  it.each(
    [
      ["server", 500, "500"],
      ["server", 503, "503"],
      ["server", 409, undefined],
      ["client", 404, "404"],
      ["client", 201, undefined],
      ["internal", 503, undefined]
    ] as const
  )("as a %s that answered %s is its failure %s", (kind, status, type) => {
    const span = ended(kind, { "http.response.status_code": status })
    assert.strictEqual(TelemetryFacts.failureOf(span)?.type, type)
  })

  it("an error is told by its type before the status that became of it", () => {
    const span = ended("client", { "http.response.status_code": 503 }, Exit.fail({ _tag: "ProviderRefused" }))
    assert.strictEqual(TelemetryFacts.failureOf(span)?.type, "ProviderRefused")
  })
})
