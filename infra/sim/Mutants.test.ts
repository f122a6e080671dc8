import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { patched } from "./Mutant.ts"
import { mutants } from "./Mutants.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))

describe("mutants", () => {
  it("have names of their own, and are at least fifteen", () => {
    assert.isAtLeast(mutants.length, 15)
    assert.strictEqual(new Set(mutants.map(({ name }) => name)).size, mutants.length)
  })

  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    "still fit the source: %s",
    (_, mutant) => {
      const texts = new Map<string, string>()
      for (const patch of mutant.patches) {
        const text = texts.get(patch.file) ?? readFileSync(join(root, patch.file), "utf8")
        const changed = patched(text, patch)
        assert.isDefined(changed, `this stands in ${patch.file} not exactly once:\n${patch.from}`)
        assert.notStrictEqual(changed, text)
        texts.set(patch.file, changed ?? text)
      }
    }
  )
})

describe("patched", () => {
  const patch = { file: "a.ts", from: "x > 1", to: "x > 2" }

  it("changes what stands there once", () => {
    assert.strictEqual(patched("if (x > 1) y", patch), "if (x > 2) y")
  })

  it("refuses what is gone, and what stands there twice", () => {
    assert.isUndefined(patched("if (x > 3) y", patch))
    assert.isUndefined(patched("x > 1 || x > 1", patch))
  })
})
