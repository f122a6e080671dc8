import { assert, describe, it } from "@effect/vitest"
import * as fs from "node:fs"

const folder = new URL("../public/", import.meta.url)
const load = (name: string) => import(new URL(name, folder).href)
const read = (name: string) => fs.readFileSync(new URL(name, folder), "utf8")

const leaves = (value: unknown, path = ""): ReadonlyArray<string> =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
    : [`${path}: ${typeof value}`]

const row = (orderId: string, state = "Preparing") => ({ orderId, state, branchId: "1" })
const page = (ids: ReadonlyArray<string>, nextCursor: string | null) => ({
  items: ids.map((id) => row(id)),
  nextCursor
})

describe("the page's texts", () => {
  it("say everything in both languages", async () => {
    assert.deepStrictEqual(leaves((await load("ko.js")).ko), leaves((await load("en.js")).en))
  })
  it("know every key that the page asks for", async () => {
    const known = leaves((await load("en.js")).en)
    const asked = Array.from(read("index.html").matchAll(/data-t[a-z-]*="([^"]+)"/g), ([, key]) => key)
    assert.isAbove(asked.length, 20)
    assert.deepStrictEqual(asked.filter((key) => !known.includes(`.${key}: string`)), [])
  })
})

describe("the page's files", () => {
  it("run under a policy that allows no inline script, no inline style and no other origin", () => {
    for (const name of fs.readdirSync(folder)) {
      assert.notMatch(
        read(name),
        /\sstyle="|<style|<script(?![^>]*src=)|innerHTML|(src|href)="(https?:)?\/\//,
        name
      )
    }
  })
})

describe("the orders in the table", () => {
  it("keep what the feed said while a page was on its way", async () => {
    const { Orders } = await load("orders.js")
    const orders = new Orders({ state: "", branch: "" })
    const delivered = row("b", "Complete")
    orders.append(page(["b", "a"], null), new Map([["b", delivered], ["c", row("c")]]))
    assert.deepStrictEqual(orders.sorted(), [row("c"), delivered, row("a")])
  })
  it("leave out a change of an order that is older than what is loaded", async () => {
    const { Orders } = await load("orders.js")
    const orders = new Orders({ state: "", branch: "" })
    orders.append(page(["d", "c"], "c"), new Map())
    assert.strictEqual(orders.offer(row("a")), "outside")
    assert.strictEqual(orders.offer(row("e")), "new")
  })
  it("let go of one that no longer matches the filter", async () => {
    const { Orders } = await load("orders.js")
    const orders = new Orders({ state: "Preparing", branch: "1" })
    orders.append(page(["b", "a"], null), new Map())
    assert.strictEqual(orders.offer(row("b", "Complete")), "changed")
    orders.trim()
    assert.deepStrictEqual(orders.sorted(), [row("a")])
  })
  it("are never more than the cap, and the oldest go first", async () => {
    const { cap, Orders } = await load("orders.js")
    const orders = new Orders({ state: "", branch: "" })
    const ids = Array.from({ length: cap + 20 }, (_, n) => String(n).padStart(4, "0"))
    orders.append(page(ids, null), new Map())
    assert.deepStrictEqual(orders.sorted(), ids.slice(20).reverse().map((id) => row(id)))
    assert.strictEqual(orders.offer(row("0000")), "outside")
  })
})
