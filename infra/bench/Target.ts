/** A server to measure: where to place orders, and how to see what became of them. */
import * as Effect from "effect/Effect"
import type { ParseError } from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { randomUUID } from "node:crypto"
import { because, type Failure } from "./Failure.ts"
import * as Http from "./Http.ts"

/** The seed's request. */
export const order = JSON.stringify({ branchId: "1", sauceId: "1", qty: 10, price: 10_000 })

export interface Target {
  readonly name: string
  readonly base: URL
  readonly pids: ReadonlyArray<number>
  /** `{uuid}` is a new one for each order. */
  readonly post: string
  readonly get: string
  readonly counts: URL
}

export interface Tally {
  readonly made: number
  /** Paid, with a delivery on its way, and on the dashboard. */
  readonly complete: number
}

const Placed = Schema.parseJson(Schema.Struct({ id: Schema.String }))

/** The dashboard of Saucier, and the flat and the nested one of its peers. */
const Row = Schema.parseJson(Schema.Struct({
  deliveryStatus: Schema.optional(Schema.NullOr(Schema.String)),
  delivery: Schema.optional(Schema.NullOr(Schema.Struct({ status: Schema.NullOr(Schema.String) })))
}))
const underway = new Set(["Preparing", "STARTED"])

const Counts = Schema.parseJson(Schema.Record({ key: Schema.String, value: Schema.NullOr(Schema.Number) }))

export const place = ({ base, post }: Target) =>
  Effect.flatMap(
    Http.post(new URL(post.replace("{uuid}", randomUUID()), base), order),
    ({ body, status }): Effect.Effect<string, Failure | ParseError> =>
      status === 200 || status === 201
        ? Effect.map(Schema.decode(Placed)(body), ({ id }) => id)
        : Effect.fail(because(`POST was answered with ${status}: ${body.slice(0, 200)}`))
  )

/** Whether the dashboard shows the order's delivery. */
export const shows = ({ base, get }: Target, id: string) =>
  Effect.flatMap(Http.get(new URL(get.replace("{id}", id), base)), ({ body, status }) =>
    status === 200
      ? Effect.map(Schema.decode(Row)(body), (row) =>
        underway.has(row.deliveryStatus ?? row.delivery?.status ?? ""))
      : Effect.succeed(false))

export const tally = ({ counts }: Target): Effect.Effect<Tally, Failure | ParseError> =>
  Effect.map(
    Effect.flatMap(Http.get(counts), ({ body }) => Schema.decode(Counts)(body)),
    ({ Preparing, dupStarts, orders, total, ...rest }) =>
      orders === undefined
        ? { made: total ?? 0, complete: Preparing ?? 0 }
        : {
          made: orders ?? 0,
          complete: dupStarts ? 0 : Math.min(...Object.values(rest).map((count) => count ?? 0))
        }
  )
