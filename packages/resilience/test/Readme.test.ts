import { assert, describe, it } from "@effect/vitest"
import { CircuitBreakerConfig } from "@saucier/resilience/CircuitBreakerConfig"
import { ResilienceConfig } from "@saucier/resilience/ResilienceConfig"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as fs from "node:fs"
import { program } from "./Example.ts"

const read = (name: string) => fs.readFileSync(new URL(name, import.meta.url), "utf8")
const readme = read("../README.md")

describe("the README", () => {
  it.effect("shows an example that compiles and runs", () =>
    Effect.gen(function*() {
      assert.include(readme, read("./Example.ts").replace("export const program", "const program").trim())
      assert.strictEqual(yield* program, "charged 500")
    }))

  it("lists every setting with its default", () => {
    const settings = { ...Schema.encodeSync(ResilienceConfig)(new ResilienceConfig({})), breaker: {} }
    const { retry, budget, bulkhead, breaker: _, ...own } = settings
    const defaults = {
      ...own,
      ...retry,
      ...budget,
      ...bulkhead,
      ...Schema.encodeSync(CircuitBreakerConfig)(new CircuitBreakerConfig({}))
    }
    for (const [name, value] of Object.entries(defaults)) {
      const row = readme.split("\n").find((line) => line.startsWith(`| \`${name}\` |`))
      assert(row !== undefined, name)
      if (typeof value === "object") continue
      const shown = row.split("|")[2]?.trim()
      assert.include([String(value), `${value} ms`], shown, name)
    }
  })
})
