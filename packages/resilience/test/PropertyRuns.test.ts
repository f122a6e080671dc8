import { assert, describe, it } from "@effect/vitest"
import * as fs from "node:fs"
import * as path from "node:path"
import { fileURLToPath } from "node:url"
import { runs } from "./Property.ts"

const folder = path.dirname(fileURLToPath(import.meta.url))
const sources = fs.readdirSync(folder).filter((name) => name.endsWith(".test.ts"))
  .map((name) => fs.readFileSync(path.join(folder, name), "utf8")).join("\n")

describe("the properties", () => {
  it("are eighteen, each is run, and together at least 10 000 times", () => {
    const used = Array.from(sources.matchAll(/property\(\s*"(\w+)"/g), ([, key]) => key).sort()
    assert.deepStrictEqual(used, Object.keys(runs).sort())
    for (let number = 1; number <= 18; number++) assert.property(runs, String(number))
    assert.isAtLeast(Object.values(runs).reduce((sum, count) => sum + count, 0), 10_000)
  })
})
