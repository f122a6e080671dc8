/** Keeps the books of the chaos desk up to date while somebody looks: each log and the provider's statement from where it was left. */
import * as HttpApiClient from "@effect/platform/HttpApiClient"
import type * as HttpClient from "@effect/platform/HttpClient"
import { Api } from "@saucier/assembly/Api"
import type { ChaosBooks } from "@saucier/assembly/ChaosBooks"
import * as Event from "@saucier/eventsourcing/Event"
import * as Ids from "@saucier/kernel/Ids"
import { maxLines } from "@saucier/payment/ProviderLedger"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

const pageSize = 1000
/** Between two rounds. */
const pause = "400 millis"
/** So long after the last look the logs are followed. */
const attention = 30_000
/** So many are looked for in one round. */
const looked = 20

const isOrderId = Schema.is(Ids.OrderId)
const isDeliveryId = Schema.is(Ids.DeliveryId)

/** The name of a stream is its kind and its id. */
const idOf = (streamId: string) => streamId.slice(streamId.indexOf("-") + 1)

export const make = (http: HttpClient.HttpClient, books: ChaosBooks) =>
  Effect.gen(function*() {
    const { operator } = yield* HttpApiClient.makeWith(Api, { baseUrl: "", httpClient: http })
    const patiently = Effect.timeout("5 seconds")
    let acknowledged: Array<Ids.OrderId> = []
    let at: number | null = null
    let lastLook = 0
    const positions = { order: Event.start, delivery: Event.start }
    const statement = { after: "", taken: 0 }

    const readLog = (
      context: "order" | "delivery",
      take: (id: string, type: string) => void
    ): Effect.Effect<void, unknown> =>
      Effect.flatMap(
        patiently(operator.events({ urlParams: { context, after: positions[context], limit: pageSize } })),
        ({ items }) => {
          for (const { streamId, type } of items) take(idOf(streamId), type)
          positions[context] = items.at(-1)?.position ?? positions[context]
          return items.length < pageSize ? Effect.void : readLog(context, take)
        }
      )

    /** The last page has no next one yet: it is read again, and what was taken of it left out. */
    const readStatement: Effect.Effect<void, unknown> = Effect.flatMap(
      Effect.suspend(() =>
        patiently(operator.providerLedger({ urlParams: { after: statement.after, limit: maxLines } }))
      ),
      ({ items, next }) => {
        for (const line of items.slice(statement.taken)) books.line(line)
        statement.taken = next === null ? items.length : 0
        statement.after = next ?? statement.after
        return next === null ? Effect.void : readStatement
      }
    )

    const lookFor = (orderId: Ids.OrderId) =>
      patiently(Effect.flatMap(http.get(`/orders/${orderId}`), ({ status, text }) => Effect.as(text, status)))
        .pipe(
          Effect.filterOrFail((status) => status === 200 || status === 404),
          Effect.map((status) => books.looked(orderId, status === 200))
        )

    /** Orders last: what was acknowledged or charged before has been registered before that. */
    const round = Effect.gen(function*() {
      const now = yield* Clock.currentTimeMillis
      const answered = acknowledged
      acknowledged = []
      for (const orderId of answered) books.acknowledge(orderId)
      yield* readStatement
      yield* readLog("delivery", (id, type) => {
        if (isDeliveryId(id)) books.delivery(Ids.orderIdOf(id), type)
      })
      yield* readLog("order", (id, type) => {
        if (isOrderId(id)) books.order(id, type)
      })
      yield* Effect.forEach(books.unseen(looked), lookFor, { concurrency: 4, discard: true })
      at = now
    })

    const follow = (busy: Effect.Effect<boolean>) =>
      Effect.gen(function*() {
        const now = yield* Clock.currentTimeMillis
        if (now - lastLook > attention && !(yield* busy)) return
        yield* round
      }).pipe(
        Effect.catchAll((error) => Effect.logDebug("The books could not be read", error)),
        Effect.zipRight(Effect.sleep(pause)),
        Effect.forever
      )

    return {
      acknowledge: (orderId: Ids.OrderId) => {
        acknowledged.push(orderId)
      },
      /** As far as all has been read. */
      counters: Effect.map(Clock.currentTimeMillis, (now) => {
        lastLook = now
        return books.counters(at)
      }),
      follow
    }
  })
