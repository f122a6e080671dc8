import { assert, describe, it, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { json, problemOf, raw, request, served } from "./Served.ts"

const logged: Array<string> = []
const capture = Logger.replace(
  Logger.defaultLogger,
  Logger.map(Logger.logfmtLogger, (line) => {
    logged.push(line)
  })
)

const post = (body: string, headers: Record<string, string>) =>
  request("/baskets", { method: "POST", body, headers })
const jsonType = { "content-type": "application/json" }

layer(Layer.provide(served(), capture), { excludeTestServices: true })("problems", (it) => {
  it.effect("name every field that is wrong, at once", () =>
    Effect.gen(function*() {
      const response = yield* json("/baskets", "POST", {
        brancdId: "1",
        quantity: "many",
        lines: [{ sauceID: "1" }]
      })
      assert.strictEqual(response.status, 400)
      assert.strictEqual(response.headers.get("content-type"), "application/problem+json")
      const problem = yield* problemOf(response)
      assert.strictEqual(problem.code, "invalid-request")
      assert.deepStrictEqual(problem.errors.map(({ code, pointer }) => [pointer, code]), [
        ["/brancdId", "unknown-field"],
        ["/lines/0/sauceID", "unknown-field"],
        ["/branchId", "missing"],
        ["/quantity", "invalid-type"],
        ["/lines/0/sauceId", "missing"]
      ])
      assert.include(problem.errors[0]?.message, `unknown field "brancdId", did you mean "branchId"?`)
      assert.include(problem.errors[1]?.message, `did you mean "sauceId"?`)
      assert.strictEqual(problem.errors[2]?.message, "branchId is missing")
    }))

  it.effect("refuse fields that would reach into the prototype", () =>
    Effect.gen(function*() {
      const response = yield* post(`{"branchId":"1","quantity":1,"__proto__":{"polluted":true}}`, jsonType)
      const problem = yield* problemOf(response)
      assert.deepStrictEqual(problem.errors.map(({ pointer }) => pointer), ["/__proto__"])
      assert.notProperty({}, "polluted")
    }))

  it.effect("tell path and query from body", () =>
    Effect.gen(function*() {
      const problem = yield* problemOf(yield* request("/baskets/x?limit=all"))
      assert.deepStrictEqual(problem.errors.map((error) => [error.in, error.pointer]), [
        ["path", "/id"],
        ["query", "/limit"]
      ])
      assert.strictEqual(problem.errors[0]?.message, "id must look like b1")
    }))

  it.effect("accept a number as a string where the schema does", () =>
    Effect.gen(function*() {
      const response = yield* json("/baskets", "POST", { branchId: "1", quantity: "3" })
      assert.strictEqual(response.status, 201)
    }))

  it.effect("say where JSON is malformed", () =>
    Effect.gen(function*() {
      const missingComma = yield* problemOf(yield* post(`{"branchId": "1",\n "quantity" 2}`, jsonType))
      assert.strictEqual(missingComma.code, "malformed-json")
      assert.include(missingComma.detail, "line 2, column 13")
      const cut = yield* problemOf(yield* post(`{"branchId": "1"`, jsonType))
      assert.strictEqual(cut.status, 400)
      assert.strictEqual(cut.code, "malformed-json")
    }))

  it.effect("ask for a body that is missing", () =>
    Effect.gen(function*() {
      const response = yield* request("/baskets", { method: "POST" })
      assert.strictEqual(response.status, 400)
      assert.strictEqual((yield* problemOf(response)).errors[0]?.message, "the body is missing")
    }))

  it.effect("refuse what is not JSON, or compressed", () =>
    Effect.gen(function*() {
      const headers: ReadonlyArray<Record<string, string>> = [
        { "content-type": "text/plain" },
        { "content-type": "application/jsonp" },
        { "content-type": "application/json; charset=euc-kr" },
        { ...jsonType, "content-encoding": "gzip" }
      ]
      for (const each of headers) {
        const response = yield* post("{}", each)
        assert.strictEqual(response.status, 415, JSON.stringify(each))
        assert.strictEqual((yield* problemOf(response)).code, "unsupported-media-type")
      }
    }))

  it.scoped("refuse a body over 64 kB, with and without a length", () =>
    Effect.gen(function*() {
      const large = JSON.stringify({ branchId: "x".repeat(11 * 1024 * 1024) })
      const whole = yield* post(large, jsonType)
      assert.strictEqual(whole.status, 413)
      assert.strictEqual((yield* problemOf(whole)).code, "payload-too-large")
      const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`
      const answer = yield* raw(
        `POST /baskets HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n` +
          `transfer-encoding: chunked\r\n\r\n${chunk}${chunk}0\r\n\r\n`
      )
      assert.match(answer, /^HTTP\/1.1 413 /)
    }))

  it.effect("tell a path that is not there from a method that is not", () =>
    Effect.gen(function*() {
      const missing = yield* request("/nowhere?secret=1")
      assert.strictEqual(missing.status, 404)
      assert.notInclude((yield* problemOf(missing)).detail, "secret")
      const wrong = yield* request("/baskets/b1", { method: "DELETE" })
      assert.strictEqual(wrong.status, 405)
      assert.strictEqual(wrong.headers.get("allow"), "GET, HEAD, OPTIONS, PATCH")
      assert.strictEqual((yield* problemOf(wrong)).code, "method-not-allowed")
      const options = yield* request("/baskets/b1", { method: "OPTIONS" })
      assert.strictEqual(options.status, 204)
      assert.isNull(options.headers.get("access-control-allow-origin"))
      const broken = yield* request("/baskets/%zz")
      assert.include([400, 404], broken.status)
      yield* problemOf(broken)
    }))

  it.effect("carry a typed rejection, its code and its title in the reader's language", () =>
    Effect.gen(function*() {
      const response = yield* request("/baskets/b404", {
        headers: { "accept-language": "fr, ko-KR;q=0.9, en;q=0.8" }
      })
      assert.strictEqual(response.status, 404)
      assert.strictEqual(response.headers.get("content-language"), "ko")
      const problem = yield* problemOf(response)
      assert.strictEqual(problem.code, "basket-not-found")
      assert.strictEqual(problem.title, "바구니를 찾을 수 없습니다")
      assert.strictEqual(problem.detail, "There is no such basket")
      assert.deepStrictEqual(problem.rejection, { _tag: "BasketNotFound" })
      const english = yield* problemOf(yield* request("/baskets/b404"))
      assert.strictEqual(english.title, "No such basket")
    }))

  it.effect("say when to come back", () =>
    Effect.gen(function*() {
      const response = yield* request("/baskets/b503")
      assert.strictEqual(response.status, 503)
      assert.strictEqual(response.headers.get("retry-after"), "7")
      const problem = yield* problemOf(response)
      assert.strictEqual(problem.title, "The basket is busy")
      assert.strictEqual(problem.status, 503)
      assert.deepStrictEqual(problem.rejection, { _tag: "BasketBusy", status: "full", retryAfter: 7 })
    }))

  it.effect("show nothing of a defect, and log it under the trace of the answer", () =>
    Effect.gen(function*() {
      for (const path of ["/broken", "/lying"]) {
        const response = yield* request(path)
        assert.strictEqual(response.status, 500)
        const text = yield* Effect.promise(() => response.clone().text())
        assert.notInclude(text, "secret")
        const problem = yield* problemOf(response)
        assert.strictEqual(problem.code, "internal-error")
        assert.strictEqual(response.headers.get("x-request-id"), problem.traceId)
        assert.isTrue(logged.some((line) => line.includes(problem.traceId)), path)
      }
      assert.isTrue(logged.some((line) => line.includes("the secret of the house")))
    }))

  it.effect("belong to the caller's trace", () =>
    Effect.gen(function*() {
      const traceId = "0af7651916cd43dd8448eb211c80319c"
      const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` }
      for (const path of ["/baskets/b404", "/nowhere", "/nothing"]) {
        const response = yield* request(path, { headers })
        assert.strictEqual(response.headers.get("x-request-id"), traceId, path)
      }
    }))

  it.scoped("answer even what is not HTTP", () =>
    Effect.gen(function*() {
      const garbage = yield* raw("NONSENSE\r\n\r\n")
      assert.match(garbage, /^HTTP\/1.1 400 Bad Request\r\ncontent-type: application\/problem\+json/)
      const headers = yield* raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(10_000)}\r\n\r\n`)
      assert.match(headers, /^HTTP\/1.1 431 /)
      const smuggled = yield* raw(
        "POST /baskets HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"
      )
      assert.match(smuggled, /^HTTP\/1.1 400 /)
    }))
})

describe("answers", () => {
  it.scopedLive("carry the headers that protect readers", () =>
    Effect.gen(function*() {
      const response = yield* request("/nothing")
      assert.strictEqual(response.headers.get("x-content-type-options"), "nosniff")
      assert.include(response.headers.get("content-security-policy"), "frame-ancestors 'none'")
      assert.strictEqual(response.headers.get("referrer-policy"), "no-referrer")
      assert.strictEqual(response.headers.get("cache-control"), "no-store")
      assert.isNull(response.headers.get("access-control-allow-origin"))
      const head = yield* request("/nothing", { method: "HEAD" })
      assert.strictEqual(head.status, 200)
      assert.strictEqual(head.headers.get("content-length"), "11")
    }).pipe(Effect.provide(served())))
})
