/** The logs themselves, read at the end: one capture and one delivery for each order that the dashboard counts. */
import * as Effect from "effect/Effect"
import type { ParseError } from "effect/ParseResult"
import * as Schema from "effect/Schema"
import type { Failure } from "./Failure.ts"
import * as Http from "./Http.ts"
import * as Target from "./Target.ts"

const pageSize = 1000

const Page = Schema.parseJson(Schema.Struct({
  items: Schema.Array(Schema.Struct({
    position: Schema.String,
    type: Schema.String,
    data: Schema.Struct({ orderId: Schema.String })
  }))
}))

/** How many orders have such an event, and how many events there are. */
const count = ({ base }: Target.Target, context: string, type: string) => {
  const orders = new Set<string>()
  let events = 0
  const from = (after: string): Effect.Effect<{ orders: number; events: number }, Failure | ParseError> =>
    Effect.gen(function*() {
      const url = new URL("/ops/events", base)
      url.search = new URLSearchParams({ context, after, limit: `${pageSize}` }).toString()
      const { items } = yield* Effect.flatMap(Http.get(url), ({ body }) => Schema.decode(Page)(body))
      for (const item of items) {
        if (item.type !== type) continue
        events += 1
        orders.add(item.data.orderId)
      }
      const last = items.at(-1)
      return items.length < pageSize || last === undefined
        ? { orders: orders.size, events }
        : yield* from(last.position)
    })
  return from("")
}

export const run = (target: Target.Target) =>
  Effect.gen(function*() {
    const { made } = yield* Target.tally(target)
    const captures = yield* count(target, "payment", "PaymentCaptured")
    const deliveries = yield* count(target, "delivery", "DeliveryPrepared")
    const agree = [captures, deliveries].every(({ events, orders }) => events === made && orders === made)
    return { orders: made, captures: captures.events, deliveries: deliveries.events, agree }
  })
export type Audit = Effect.Effect.Success<ReturnType<typeof run>>
