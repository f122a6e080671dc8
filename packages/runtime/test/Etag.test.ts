import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import { assert, describe, it } from "@effect/vitest"
import * as Etag from "@saucier/runtime/Etag"
import * as Effect from "effect/Effect"

const etag = Etag.ofVersion(3)

describe("Etag", () => {
  it("tells a reader that has it so, whatever the strength", () => {
    for (const header of [`"3"`, `W/"3"`, `"1", "3"`, `"1",W/"3"`, "*", `"a,b", "3"`]) {
      assert.isTrue(Etag.isFresh(header, etag), header)
      const response = Etag.conditional(HttpServerResponse.text("body"), etag, header)
      assert.strictEqual(response.status, 304)
      assert.strictEqual(response.headers["etag"], etag)
      assert.strictEqual(response.body._tag, "Empty")
    }
    for (const header of [undefined, `"4"`, `"33"`, "3", `"a", "b"`, ""]) {
      assert.isFalse(Etag.isFresh(header, etag), header)
      assert.strictEqual(Etag.conditional(HttpServerResponse.text("body"), etag, header).status, 200)
    }
  })

  it.effect("lets a change go on only for what the writer saw, strongly", () =>
    Effect.gen(function*() {
      for (const header of [undefined, `"3"`, `"1", "3"`, "*"]) yield* Etag.require(header, etag)
      for (const header of [`W/"3"`, `"2"`, `"2", W/"3"`, "3"]) {
        const problem = yield* Effect.flip(Etag.require(header, etag))
        assert.strictEqual(problem.status, 412)
        assert.strictEqual(problem.code, "precondition-failed")
        assert.deepStrictEqual(problem.headers, { etag })
      }
    }))
})
