/** What the guides name is there: files and headings, commands, scripts, alerts. */
import { assert, describe, it } from "@effect/vitest"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { globSync } from "tinyglobby"

const root = join(import.meta.dirname, "../..")
const read = (path: string) => readFileSync(join(root, path), "utf8")
const guides = ["README.md", "README.ko.md", ...globSync("docs/**/*.md", { cwd: root })]

/** As GitHub names the place of a heading. */
const anchorOf = (heading: string) =>
  heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").trim().replaceAll(/\s/g, "-")

const anchorsOf = (text: string) =>
  Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = ""]) => anchorOf(heading))

const outsideCode = (text: string) => text.replaceAll(/^```[^]*?^```/gm, "")

const leadsNowhere = (guide: string, link: string) => {
  if (/^[a-z]+:/.test(link)) return false
  const [path = "", anchor] = link.split("#")
  const file = path === "" ? guide : join(dirname(guide), path)
  if (!existsSync(join(root, file))) return true
  return anchor !== undefined && file.endsWith(".md") && !anchorsOf(outsideCode(read(file))).includes(anchor)
}

const { scripts }: { readonly scripts: Record<string, string> } = JSON.parse(read("package.json"))
const ofPnpm = new Set(["install", "exec", "deploy", "add", "run"])

const commands = new Set(
  globSync("apps/saucier/src/*Command.ts", { cwd: root }).flatMap((path) =>
    Array.from(read(path).matchAll(/Command\.make\(\s*"([a-z]+)"/g), ([, name = ""]) => name)
  )
)

const named = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, name = ""]) => name)

describe.each(guides)("%s", (guide) => {
  const text = read(guide)

  it("links to what is there", () => {
    const links = named(outsideCode(text), /\]\(([^)\s]+)\)/g)
    assert.deepStrictEqual(links.filter((link) => leadsNowhere(guide, link)), [])
  })

  it("names commands that exist", () => {
    const used = named(text, /\bpnpm saucier ([a-z]+)/g)
    assert.deepStrictEqual(used.filter((name) => !commands.has(name)), [])
    const shown = [
      ...named(text, /(?:`|^\$ )(?:npx )?pnpm(?:@12)? ([a-z][a-z:0-9]*)\b/gm),
      ...named(
        (text.match(/^```[^]*?^```/gm) ?? []).join("\n"),
        /^(?:npx )?pnpm(?:@12)? ([a-z][a-z:0-9]*)\b/gm
      )
    ]
    assert.deepStrictEqual(shown.filter((name) => !(name in scripts) && !ofPnpm.has(name)), [])
  })
})

describe("the guide for whoever is on call", () => {
  const guide = read("docs/operations.md")
  const alerts = named(read("infra/prometheus/alerts.yaml"), /- alert: (\w+)/g)

  it("says of each alert what to do, and of no other", () => {
    assert.isAbove(alerts.length, 5)
    assert.sameMembers(named(guide, /^\| `(Saucier\w+)` \|/gm), alerts)
  })

  it("finds a link that leads nowhere, and a command that is none", () => {
    assert.isTrue(leadsNowhere("README.md", "docs/nothing.md"))
    assert.isTrue(leadsNowhere("docs/operations.md", "#no-such-heading"))
    assert.isFalse(leadsNowhere("docs/operations.md", "#stuck-orders"))
    assert.isFalse(commands.has("rebild"))
  })
})
