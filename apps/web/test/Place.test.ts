import { assert, describe, it } from "@effect/vitest"
import { OrderRequest } from "@saucier/order/OrderHttp"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import * as Attempt from "../src/place/Attempt.ts"
import * as Draft from "../src/place/Draft.ts"
import { faultOf, fields } from "../src/place/Validation.ts"

const decode = Schema.decodeUnknownEither(OrderRequest, { errors: "all" })

/** What the server itself says of each field. */
const serverFaults = (draft: Draft.Draft) => {
  const decoded = decode(Draft.request(draft))
  return decoded._tag === "Right"
    ? new Map()
    : new Map(
      ParseResult.ArrayFormatter.formatErrorSync(decoded.left).map(({ message, path }) => [path[0], message])
    )
}

const drafts: ReadonlyArray<Draft.Draft> = [
  Draft.empty,
  { branchId: "1", sauceId: "gochujang", qty: "10", price: "10,000" },
  { branchId: " 1 ", sauceId: "한글", qty: "0", price: "-5" },
  { branchId: "a b", sauceId: "x".repeat(65), qty: "1.5", price: "ten" },
  { branchId: "-", sauceId: "1", qty: "10001", price: "1000000001" }
]

describe("the order form", () => {
  it("says of every field what the server would say", () => {
    for (const draft of drafts) {
      const said = serverFaults(draft)
      for (const field of fields) {
        const fault = faultOf(field, Draft.clean(field, draft[field]))
        assert.strictEqual(fault, said.get(field) ?? null, `${field}: ${draft[field]}`)
      }
    }
  })
  it("is filled in by an address, and by nothing else that it holds", () => {
    assert.deepStrictEqual(Draft.ofSearch("branchId=1&qty=3&role=admin"), {
      branchId: "1",
      sauceId: "",
      qty: "3",
      price: ""
    })
  })
  it("keeps one key for one order until its outcome is known", () => {
    const body = { branchId: "1", sauceId: "1", qty: 1, price: 1 }
    const { key } = Attempt.of(body)
    assert.strictEqual(Attempt.of({ ...body }).key, key)
    assert.notStrictEqual(Attempt.of({ ...body, qty: 2 }).key, key)
    Attempt.keep(null)
    assert.isNull(Attempt.open())
    assert.notStrictEqual(Attempt.of(body).key, key)
    assert.match(key, /^[0-9a-f]{32}$/)
  })
})
