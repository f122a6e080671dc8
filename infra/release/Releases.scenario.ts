/** Acceptance 12: a rolling replace by the next release, and its way back. Meanwhile processes of both work together. */
import { assert, describe, it } from "@effect/vitest"
import * as Ask from "@saucier/proof/Ask"
import * as Callers from "@saucier/proof/Callers"
import { type Service, services } from "@saucier/proof/Cluster"
import * as Poll from "@saucier/proof/Poll"
import * as Effect from "effect/Effect"
import * as Books from "../cluster/Books.ts"
import * as Figures from "../cluster/Figures.ts"
import * as Previous from "./Previous.ts"
import * as TwoReleases from "./TwoReleases.ts"

const counts = { order: 1, payment: 1, delivery: 1, dashboard: 1, gateway: 1 }

const call = (base: string, method: string, path: string, body?: unknown) =>
  Ask.ask(`${base}${path}`, { method, ...(body === undefined ? {} : { body }) })

const shows = (base: string, path: string, text: string) =>
  Poll.until(call(base, "GET", path), (answer) => answer.text.includes(text))

/** Orders that are placed while one release serves, and gone on with under the other. */
const place = (base: string, stage: string) =>
  Effect.gen(function*() {
    const orders = yield* Effect.all({
      kept: Callers.order(base, `${stage}-kept`),
      cancelled: Callers.order(base, `${stage}-cancelled`),
      dispatched: Callers.order(base, `${stage}-dispatched`)
    })
    for (const call of Object.values(orders)) assert(Callers.isAcknowledged(call), JSON.stringify(call))
    return { stage, ...orders }
  })
type Placed = Effect.Effect.Success<ReturnType<typeof place>>

const goOnWith = (base: string, { cancelled, dispatched, kept, stage }: Placed) =>
  Effect.gen(function*() {
    const repeated = yield* Callers.order(base, `${stage}-kept`)
    assert.strictEqual(repeated.orderId, kept.orderId, `${stage}: ${JSON.stringify(repeated)}`)
    const cancel = yield* call(base, "POST", `/orders/${cancelled.orderId}/cancel`, { reason: stage })
    assert.include([200, 202], cancel.status, `${stage}: ${cancel.text}`)
    yield* shows(base, `/orders/${dispatched.orderId}`, `"status":"Preparing"`)
    const delivery = dispatched.orderId.replace("ord_", "dlv_")
    const dispatch = yield* call(base, "PATCH", `/deliveries/${delivery}`, { status: "Dispatched" })
    assert.strictEqual(dispatch.status, 200, `${stage}: ${dispatch.text}`)
    yield* shows(base, `/orderDashboards/${cancelled.orderId}`, `"state":"Cancelled"`)
    yield* shows(base, `/orderDashboards/${kept.orderId}`, `"state":"Preparing"`)
    return [kept, cancelled, dispatched]
  })

describe(`release ${Previous.version} and this one`, () => {
  it.scopedLive(
    "12.3 replace each other under load, forth and back: no call is lost, each reads what the other wrote, and the books agree",
    () =>
      Effect.gen(function*() {
        let release: TwoReleases.Release = "before"
        const { base, releases, replace, scale } = yield* TwoReleases.start(counts, () => release)
        const load = yield* Callers.load(base, 1)
        const goesOn = Effect.suspend(() => {
          const since = load.calls.length
          return Poll.until(Effect.sync(() => load.calls.length), (count) => count >= since + 5)
        })
        const replaced = (some: ReadonlyArray<Service>) =>
          Effect.forEach(some, (service) => Effect.zipRight(replace(service), goesOn), { discard: true })
        /** One order process more, of the release that comes. */
        const grown = Effect.zipRight(scale("order", 2), goesOn)
        const all = (release: TwoReleases.Release) =>
          Effect.gen(function*() {
            for (const service of services) {
              assert.deepStrictEqual(new Set(yield* releases(service)), new Set([release]), service)
            }
          })

        yield* goesOn
        const before = yield* place(base, "before")

        release = "this"
        yield* grown
        yield* replaced(["payment", "dashboard"])
        assert.sameMembers(yield* releases("order"), ["before", "this"])
        const first = yield* goOnWith(base, before)
        const divided = yield* place(base, "divided")
        yield* replaced(["delivery", "gateway", "order"])
        yield* all("this")
        const second = yield* goOnWith(base, divided)
        const after = yield* place(base, "after")

        release = "before"
        yield* replaced(["gateway", "delivery", "order"])
        const third = yield* goOnWith(base, after)
        const dividedAgain = yield* place(base, "divided-again")
        yield* replaced(["dashboard", "payment"])
        yield* all("before")
        const fourth = yield* goOnWith(base, dividedAgain)

        yield* load.stop
        const { answers, latency } = Callers.summary(load.calls)
        yield* Figures.note("12.3-releases", {
          orders: load.calls.length,
          answers,
          "p50 ms": latency.p50,
          "max ms": latency.max
        })
        assert.deepStrictEqual(load.calls.filter((call) => !Callers.isAcknowledged(call)), [])
        yield* Books.hold(base, [...load.calls, ...first, ...second, ...third, ...fourth])
      })
  )
})
