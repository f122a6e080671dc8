/** Compares the books, one comparison at a time, beside whatever else its process does. */
import * as Ask from "@saucier/eventsourcing/Ask"
import { type Position, type RecordedEvent, start } from "@saucier/eventsourcing/Event"
import * as OperatorEntity from "@saucier/eventsourcing/OperatorEntity"
import { type LedgerLine, maxLines, ProviderLedger } from "@saucier/payment/ProviderLedger"
import { providerUnavailable } from "@saucier/payment/ProviderUnavailable"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import type { Kind } from "./Reconciliation.ts"
import * as ReconciliationBooks from "./ReconciliationBooks.ts"
import { type Compared, maxFindings, type ReconciliationStatus } from "./ReconciliationStatus.ts"
import * as ReconciliationTally from "./ReconciliationTally.ts"

/** `start` begins a comparison unless one is under way, and waits for none; `status` begins the first of all. */
export class ReconciliationRun extends Context.Tag("@saucier/assembly/ReconciliationRun")<ReconciliationRun, {
  readonly start: Effect.Effect<ReconciliationStatus>
  readonly status: Effect.Effect<ReconciliationStatus>
}>() {}

const pageSize = 200

/** Orders come first: between two pages, and after so many entries compared, everybody else has a turn. */
const rest = Effect.sleep("5 millis")
const entriesAtOnce = 1000

/** Who moves or restarts meanwhile is back by then. */
const patiently = <A, E>(page: Effect.Effect<A, E>) =>
  Effect.retry(page, { times: 3, schedule: Schedule.spaced("2 seconds") })

const sources = Effect.gen(function*() {
  const operators = yield* Effect.all({
    order: OperatorEntity.make("order").client,
    payment: OperatorEntity.make("payment").client,
    delivery: OperatorEntity.make("delivery").client
  })
  const statement = yield* ProviderLedger

  const ledger: Stream.Stream<LedgerLine, Ask.ServiceUnavailable> = Stream.paginateChunkEffect(
    "",
    (after) =>
      statement.page(after, maxLines).pipe(
        Effect.catchTag("UnknownLedgerPlace", Effect.die),
        Effect.mapError(providerUnavailable),
        Ask.within("The payment provider", "10 seconds"),
        patiently,
        Effect.map(({ items, next }) => [Chunk.unsafeFromArray(items), Option.fromNullable(next)])
      )
  )

  const log = (
    context: keyof typeof operators
  ): Stream.Stream<RecordedEvent, Ask.ServiceUnavailable> =>
    Stream.paginateChunkEffect(
      start,
      (after: Position) =>
        operators[context](OperatorEntity.operatorId).Events({ after, limit: pageSize }).pipe(
          Effect.catchTag("UnknownPosition", Effect.die),
          Ask.within(context, "10 seconds"),
          patiently,
          Effect.map((events) => [
            Chunk.unsafeFromArray(events),
            events.length < pageSize ? Option.none() : Option.fromNullable(events.at(-1)?.position)
          ])
        )
    )
  return { ledger, log }
})

const compare = (
  books: ReconciliationBooks.Books,
  startedAt: DateTime.Utc,
  read: number
): Effect.Effect<Compared> =>
  Effect.gen(function*() {
    const { entries, strangers } = books
    const tally = ReconciliationTally.make(startedAt.epochMillis)
    const kinds = new Map<Kind, number>()
    let [compared, orders, deliveries, charges] = [0, 0, 0, 0]
    for (const [paymentId, entry] of entries) {
      tally.add(paymentId, entry)
      if (entry.order !== undefined) orders++
      if (entry.delivery._tag === "Delivery") deliveries++
      if (entry.charge.captures.length > 0) charges++
      if (++compared % entriesAtOnce === 0) yield* rest
    }
    const { disagreements, sums } = tally.result()
    for (const { kind } of disagreements) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    return {
      startedAt,
      endedAt: yield* DateTime.now,
      read,
      verdict: ReconciliationTally.verdictOf({ disagreements, sums, strangers: strangers.length }),
      payments: entries.size,
      orders,
      deliveries,
      charges,
      totals: Array.from(sums, ([currency, sum]) => ({ currency, ...sum, difference: sum.held - sum.due })),
      overdue: ReconciliationTally.overdue(disagreements),
      counts: Array.from(kinds, ([kind, count]) => ({ kind, count })),
      findings: disagreements.slice(0, maxFindings),
      strangers: { count: strangers.length, lines: strangers.slice(0, maxFindings) }
    }
  })

const none: ReconciliationStatus = { running: null, last: null, failure: null }

const make = Effect.gen(function*() {
  const { ledger, log } = yield* sources
  const scope = yield* Effect.scope
  const state = yield* Ref.make(none)

  const run = (startedAt: DateTime.Utc) =>
    Effect.gen(function*() {
      const counts = new Map<ReconciliationBooks.Book, number>()
      const read = () => Array.from(counts.values()).reduce((sum, count) => sum + count, 0)
      const counted = (book: ReconciliationBooks.Book, entries: number) => {
        counts.set(book, entries)
        return Effect.zipRight(
          Ref.update(state, (before) => ({
            ...before,
            running: before.running && { ...before.running, book, read: read() }
          })),
          rest
        )
      }
      const books = yield* ReconciliationBooks.read({ ledger, log, counted })
      return yield* compare(books, startedAt, read())
    })

  const ended = (outcome: Partial<ReconciliationStatus>) =>
    Ref.update(state, (before) => ({ ...before, ...outcome, running: null }))

  const whole = (startedAt: DateTime.Utc) =>
    Effect.matchCauseEffect(run(startedAt), {
      onSuccess: (last) => ended({ last, failure: null }),
      onFailure: (cause) =>
        Effect.gen(function*() {
          yield* Effect.logWarning("The books could not be compared", cause)
          const [error] = Cause.prettyErrors(cause)
          yield* ended({ failure: { at: yield* DateTime.now, detail: error?.message ?? "interrupted" } })
        })
    })

  const begin = (wanted: (status: ReconciliationStatus) => boolean) =>
    Effect.uninterruptible(Effect.gen(function*() {
      const startedAt = yield* DateTime.now
      const begins = yield* Ref.modify(state, (before) => {
        const begins = before.running === null && wanted(before)
        const expected = before.last?.read ?? null
        const running = { startedAt, book: "provider", read: 0, expected } as const
        return [begins, begins ? { ...before, running } : before] as const
      })
      if (begins) yield* Effect.forkIn(Effect.interruptible(whole(startedAt)), scope)
      return yield* Ref.get(state)
    }))

  return ReconciliationRun.of({
    start: begin(() => true),
    status: begin(({ failure, last }) => last === null && failure === null)
  })
})

export const layer = Layer.scoped(ReconciliationRun, make)
