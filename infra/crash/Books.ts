/** All that can be wrong when nothing moves any more: the promises, the dashboard's rows, what was set aside. */
import { DashboardCounts, DashboardPage } from "@saucier/dashboard/Dashboard"
import * as Ids from "@saucier/kernel/Ids"
import { type LedgerLine, LedgerPage } from "@saucier/payment/ProviderLedger"
import * as Ask from "@saucier/proof/Ask"
import * as EventLog from "@saucier/proof/EventLog"
import * as Stopwatch from "@saucier/proof/Stopwatch"
import * as Checks from "@saucier/simulation/Checks"
import { subjectOf } from "@saucier/simulation/Evidence"
import type { Operation } from "@saucier/simulation/History"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

const Parked = Schema.Struct({ items: Schema.Array(Schema.Unknown) })

/** The provider's whole statement. */
const statement = (base: string) =>
  Effect.gen(function*() {
    const lines: Array<LedgerLine> = []
    for (let after: string | null = ""; after !== null;) {
      const page: LedgerPage = yield* Ask.json(
        LedgerPage,
        `${base}/ops/provider/ledger?after=${encodeURIComponent(after)}`
      )
      lines.push(...page.items)
      after = page.next
    }
    return lines
  })

const statusIn = Schema.decodeOption(Schema.parseJson(Schema.Struct({ status: Schema.String })))

/** Null where there is none. */
const statusOf = (url: string) =>
  Effect.map(
    Ask.ask(url),
    ({ text }) => Option.getOrNull(Option.map(statusIn(text), ({ status }) => status))
  )

/** The newest of them. */
const rowsAgainstActors = (base: string) =>
  Effect.gen(function*() {
    const { items } = yield* Ask.json(DashboardPage, `${base}/orderDashboards?limit=200`)
    const complaints = yield* Effect.forEach(
      items,
      ({ deliveryStatus, orderId, orderStatus, paymentStatus }) =>
        Effect.gen(function*() {
          const order = yield* statusOf(`${base}/orders/${orderId}`)
          const payment = yield* statusOf(`${base}/payments/${Ids.paymentIdOf(orderId)}`)
          const delivery = yield* statusOf(`${base}/deliveries/${Ids.deliveryIdOf(orderId)}`)
          // Where nothing was ever asked for, or prepared, only a tombstone knows why.
          const shown = [orderStatus, payment && paymentStatus, delivery && deliveryStatus].join(", ")
          const stands = [order, payment, delivery].join(", ")
          return shown === stands
            ? []
            : [`dashboard: ${orderId} is shown as ${shown} and stands at ${stands}`]
        })
    )
    const { total } = yield* Ask.json(DashboardCounts, `${base}/counts`)
    return { complaints: complaints.flat(), rows: total }
  })

/** What there is to complain of now, and how many orders there are. */
export const look = (base: string, history: ReadonlyArray<Operation>) =>
  Effect.gen(function*() {
    const [orders, payments, deliveries] = yield* Effect.all([
      EventLog.read(base, "order"),
      EventLog.read(base, "payment"),
      EventLog.read(base, "delivery")
    ])
    const ledger = yield* statement(base)
    const parked = yield* Ask.json(Parked, `${base}/ops/parked`)
    const violations = Checks.violations({ history, orders, payments, deliveries, ledger, readings: [] })
    const registrations = orders.filter(({ type }) => type === "OrderRegistered")
    // A charge that was disowned has no order, and a row that says that its money went back.
    const known = new Set(
      [...registrations, ...payments, ...deliveries].map(({ streamId }) => subjectOf(streamId))
    )
    const { complaints, rows } = yield* rowsAgainstActors(base)
    return {
      orders: registrations.length,
      complaints: [
        ...violations.map(({ check, detail, subject }) => `${check}: ${subject}: ${detail}`),
        ...complaints,
        ...(rows === known.size ? [] : [`dashboard: ${rows} rows for ${known.size} orders`]),
        ...(parked.items.length === 0 ? [] : [`parked: ${parked.items.length} events`])
      ]
    }
  }).pipe(
    Effect.catchAll(({ message }) => Effect.succeed({ orders: 0, complaints: [message] }))
  )

/** An order may wait for a reminder, and that for its next turn: seconds. */
const patience = 60

/** Looks until there is nothing to complain of, or a minute is over. `healed` is how many seconds that took. */
export const atRest = (base: string, history: ReadonlyArray<Operation>) =>
  Effect.gen(function*() {
    const elapsed = yield* Stopwatch.start
    const now = look(base, history)
    const patiently: typeof now = Effect.flatMap(now, (found) =>
      Effect.flatMap(elapsed, (seconds) =>
        found.complaints.length === 0 || seconds > patience
          ? Effect.succeed(found)
          : Effect.delay(patiently, "250 millis")))
    yield* patiently
    const healed = yield* elapsed
    // What is done twice is done a little later.
    const found = yield* Effect.delay(now, "700 millis")
    return { ...found, healed }
  })
