/** Contexts on SQLite beside contexts on PostgreSQL, by configuration only. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Ask from "./Ask.ts"
import * as Books from "./Books.ts"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import type { Cluster } from "./Cluster.ts"
import * as EmptyDatabase from "./EmptyDatabase.ts"
import * as Finding from "./Finding.ts"
import * as Poll from "./Poll.ts"
import * as Rows from "./Rows.ts"
import * as Single from "./Single.ts"
import { type Store, stores } from "./StoreEdit.ts"

const { equal, noted } = Finding

const orders = 20

const Files = Schema.Struct({ items: Schema.Array(Schema.Struct({ store: Schema.String })) })

const mixes: ReadonlyArray<readonly [name: string, onServer: ReadonlyArray<Store>]> = [
  ["orders_on_the_server", ["order", "payment"]],
  ["deliveries_on_the_server", ["delivery", "dashboard"]]
]

const story = ({ data }: Cluster, name: string, onServer: ReadonlyArray<Store>) =>
  Effect.gen(function*() {
    const database = yield* EmptyDatabase.make(data, name)
    const settings = onServer.map((store) => [`SAUCIER_${store.toUpperCase()}_DATABASE_URL`, database])
    const { base } = yield* Single.start({
      ...Object.fromEntries(settings),
      SAUCIER_PROVIDER_PRESET: "instant"
    })
    const made = yield* Callers.many(base, orders, 5)
    const id = made.find(Callers.isAcknowledged)?.orderId ?? ""
    const cancelled = yield* Ask.ask(`${base}/orders/${id}/cancel`, { body: { reason: "report" } })
    const settled = yield* Books.settle(base, made)
    const rows = yield* Poll.until(
      Rows.all(base),
      (rows) => rows.length === orders && rows.some(({ state }) => state === "Cancelled")
    )
    const { items } = yield* Ask.json(Files, `${base}/ops/files`)
    const inFiles = stores.filter((store) => items.some((item) => item.store === store))
    return [
      equal(
        "contexts in files",
        inFiles.join(" "),
        stores.filter((store) => !onServer.includes(store)).join(" ")
      ),
      noted("status", cancelled.status),
      equal("orders", settled.orders, orders),
      equal("complaints of the books", settled.complaints.length, 0),
      equal("rows", rows.length, orders)
    ]
  })

export const eachWhereItIsSet = Claim.make<Cluster>("11.1", (cluster) =>
  Effect.map(
    Effect.forEach(mixes, ([name, onServer]) => Effect.scoped(story(cluster, name, onServer)), {
      concurrency: 2
    }),
    (checks) => ({ checks: checks.flat() })
  ))
