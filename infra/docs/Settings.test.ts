/** The guide for operators names each setting as the code does. `pnpm exec vitest run infra/docs -u` writes the table anew. */
import { assert, describe, expect, it } from "@effect/vitest"
import { documentation, type SettingDocumentation } from "@saucier/runtime/SettingsDocumentation"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { globSync } from "tinyglobby"

const root = join(import.meta.dirname, "../..")
const guide = join(root, "docs/operations.md")
const read = (path: string) => readFileSync(join(root, path), "utf8")

const code = (text: string) => text === "" ? "" : `\`${text.replaceAll("|", String.raw`\|`)}\``

const row = ({ byDefault, description, key, type }: SettingDocumentation) =>
  `| ${code(key)} | ${code(type)} | ${code(byDefault)} | ${description} |`

const table = [
  "| name | type | default | meaning |",
  "| --- | --- | --- | --- |",
  ...Object.values(documentation).map(row),
  ""
].join("\n")

const between = /(<!-- settings: written by infra\/docs\/Settings\.test\.ts -->\n)[^]*?(<!-- \/settings -->)/

const keysIn = (text: string) => text.match(/\b(SAUCIER|OTEL)_[A-Z0-9_]*[A-Z0-9]\b/g) ?? []

describe("the guide to operate it", () => {
  it("has the table of settings that the schema documents", async () => {
    const text = readFileSync(guide, "utf8")
    assert.match(text, between)
    await expect(text.replace(between, (_, open: string, close: string) => open + table + close))
      .toMatchFileSnapshot(guide)
  })

  it("names every setting that any source reads", () => {
    const sources = globSync("{packages,apps}/*/src/**/*.ts", { cwd: root })
    const used = new Set(sources.flatMap((path) => keysIn(read(path))))
    const documented = new Set([
      ...keysIn(readFileSync(guide, "utf8")),
      ...keysIn(read("apps/provider/README.md"))
    ])
    assert.isAbove(used.size, 30)
    assert.deepStrictEqual(Array.from(used).filter((key) => !documented.has(key)), [])
  })
})
