/**
 * What an earlier release left behind, read by this one. `release/<version>` holds its databases after `kill -9`, one order
 * in each state; a release that stores anything differently adds a folder, and none is ever changed.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import * as CliProcess from "./CliProcess.ts"
import * as World from "./World.ts"

const releases = join(import.meta.dirname, "release")

const unpack = (version: string, folder: string) => {
  for (const file of readdirSync(join(releases, version))) {
    const content = gunzipSync(readFileSync(join(releases, version, file)))
    writeFileSync(join(folder, file.replace(".gz", "")), content)
  }
}

/** sauce → status, payment, delivery, refund: which order was left in which state. */
const left = {
  "1": "Delivered, Captured, Delivered",
  "2": "Dispatched, Captured, Dispatched",
  "3": "Dispatched, Captured, Failed",
  "4": "Cancelled, Refunded, Cancelled",
  "5": "Preparing, Captured, Preparing",
  "6": "Rejected, Declined, none",
  "7": "Preparing, Captured, Preparing"
}
/** Was waiting for a provider that had fallen silent. */
const open = "8"

const rowsOf = (answer: World.Answer) => {
  const items: unknown = answer.body["items"]
  assert(Array.isArray(items))
  return new Map<string, Record<string, unknown>>(
    items.map((row: Record<string, unknown>) => [String(row["sauceId"]), row])
  )
}

const told = (row: Record<string, unknown> | undefined) =>
  `${row?.["orderStatus"]}, ${row?.["paymentStatus"]}, ${row?.["deliveryStatus"] ?? "none"}`

describe.each(readdirSync(releases))("the databases of release %s", (version) => {
  it.scopedLive("open, serve every order as it was, and finish the one that was under way", () =>
    Effect.gen(function*() {
      const folder = yield* World.temporaryFolder
      unpack(version, folder)
      const { get, patch, post, url } = yield* World.start(folder)

      const rows = rowsOf(yield* get("/orderDashboards"))
      for (const [sauce, expected] of Object.entries(left)) {
        const row = rows.get(sauce)
        assert.strictEqual(told(row), expected, `sauce ${sauce}`)
        const order = yield* get(`/orders/${String(row?.["orderId"])}`)
        assert.strictEqual(order.body["status"], row?.["orderStatus"])
        assert.strictEqual(order.body["price"], 10_000)
        const repeated = yield* post("/orders", {
          branchId: "1",
          sauceId: sauce,
          qty: Number(sauce),
          price: 10_000
        }, {
          "idempotency-key": sauce
        })
        if (order.body["status"] !== "Rejected") {
          assert.strictEqual(repeated.body["id"], row?.["orderId"], "the key is known")
        }
      }

      const settled = yield* World.until(
        get("/orderDashboards"),
        (answer) => rowsOf(answer).get(open)?.["orderStatus"] !== "PaymentPending"
      )
      assert.include(["Preparing", "Rejected"], rowsOf(settled).get(open)?.["orderStatus"])

      const dispatched = yield* patch(
        `/deliveries/${String(rows.get("5")?.["orderId"]).replace("ord_", "dlv_")}`,
        { status: "Dispatched" }
      )
      assert.strictEqual(dispatched.status, 200)
      const books = yield* CliProcess.run(["reconcile", "--url", url])
      assert.strictEqual(books.code, 0, books.text + books.errors)
    }))
})
