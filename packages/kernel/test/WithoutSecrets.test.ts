import { assert, describe, it } from "@effect/vitest"
import { withoutSecrets } from "@saucier/kernel/WithoutSecrets"

describe("words without secrets", () => {
  it.each([
    ["postgres://saucier:canary@db/orders is away", "postgres://***@db/orders is away"],
    ["GET http://127.0.0.1:8088/feed?token=canary failed", "GET http://127.0.0.1:8088/feed?*** failed"],
    ["see <https://bank.example/#canary>", "see <https://bank.example/?***>"],
    ["(https://bank.example/a?b=canary)", "(https://bank.example/a?***"],
    ["GET /orders?key=canary failed", "GET /orders?*** failed"],
    ["authorization: Bearer canary", "authorization: Bearer ***"],
    ["{\"password\":\"canary\"}", "{\"password\":\"***\"}"],
    ["x-api-key=canary", "x-api-key=***"],
    ["https://saucier:canary@bank.example/a?b=canary", "https://***@bank.example/a?***"]
  ])("%s", (text, expected) => {
    assert.strictEqual(withoutSecrets(text), expected)
  })

  it.each([
    "Is it Paid? The order waits",
    "http://127.0.0.1:8088/orders answers",
    "who/what? nobody knows",
    "2 + 2 = 4, is it? /etc"
  ])("that hold none stay as they are: %s", (text) => {
    assert.strictEqual(withoutSecrets(text), text)
  })

  it.each(["/", "a/", "http://", "/?", "/a?b", "//a", "token:", "bearer ", "x"])(
    "a megabyte of %s is read as well",
    (part) => {
      const text = part.repeat(1_000_000 / part.length)
      assert.isString(withoutSecrets(text))
    }
  )
})
