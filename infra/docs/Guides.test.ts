/** The guides say what is there. `pnpm exec vitest run infra/docs -u` writes the snippets anew from their sources. */
import { assert, describe, expect, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { globSync } from "tinyglobby"

const root = join(import.meta.dirname, "../..")
const read = (path: string) => readFileSync(join(root, path), "utf8")
const guides = [...globSync("docs/**/*.md", { cwd: root }), "README.md", "README.ko.md"]

/** A whole file, or its lines from the first that begins with `from` to the next that begins with `to`. */
const excerpt = (path: string, from?: string, to?: string) => {
  const lines = read(path).trimEnd().split("\n")
  if (from === undefined || to === undefined) return lines.join("\n")
  const first = lines.findIndex((line) => line.startsWith(from))
  const last = lines.findIndex((line, index) => index > first && line.startsWith(to))
  assert.isAbove(first, -1, `${path} has no line that begins with ${from}`)
  assert.isAbove(last, first, `${path} has no line after it that begins with ${to}`)
  return lines.slice(first, last + 1).join("\n")
}

const snippet = /(<!-- snippet: (.+?) -->\n)[^]*?(<!-- \/snippet -->)/g

const withSnippets = (text: string) =>
  text.replace(snippet, (_, open: string, source: string, close: string) => {
    const [path = "", from, to] = source.split(" | ")
    return `${open}\`\`\`ts\n${excerpt(path, from, to)}\n\`\`\`\n${close}`
  })

describe("the guides", () => {
  for (const guide of guides) {
    it(`quote their sources as they are: ${guide}`, async () => {
      const text = read(guide)
      await expect(withSnippets(text)).toMatchFileSnapshot(join(root, guide))
    })
  }
})
