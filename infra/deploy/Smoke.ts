/** Whether a Saucier that has just been started serves: asked from outside, in a few seconds. */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { randomUUID } from "node:crypto"
import { because } from "../bench/Failure.ts"

export interface Options {
  /** Of somebody who may do everything that is tried. */
  readonly key: string | undefined
  /** Whether to place an order, which a true provider would charge. */
  readonly order: boolean
}

const Order = Schema.parseJson(Schema.Struct({ id: Schema.String }))

const reasonOf = (error: unknown): string =>
  error instanceof Error
    ? error.cause instanceof Error ? `${error.message}, ${reasonOf(error.cause)}` : error.message
    : String(error)

/** One connection that breaks is no reason to take a release back. */
const again = <A, E>(asked: Effect.Effect<A, E>) =>
  Effect.retry(asked, { times: 2, schedule: Schedule.spaced("500 millis") })

export const check = (base: string, { key, order }: Options) => {
  const ask = (path: string, init: RequestInit = {}) =>
    Effect.tryPromise({
      try: async () => {
        const headers = { ...init.headers, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) }
        const answer = await fetch(`${base}${path}`, {
          ...init,
          headers,
          signal: AbortSignal.timeout(10_000)
        })
        return { status: answer.status, text: await answer.text() }
      },
      catch: (error) => because(`${path}: ${reasonOf(error)}`)
    })
  const expect = (path: string, statuses: ReadonlyArray<number>, init: RequestInit = {}) =>
    Effect.filterOrFail(
      ask(path, init),
      ({ status }) => statuses.includes(status),
      ({ status, text }) => because(`${path} answered ${status}: ${text.slice(0, 300)}`)
    )
  const placed = Effect.gen(function*() {
    const { text } = yield* expect("/orders", [201, 202], {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
      body: JSON.stringify({ branchId: "1", sauceId: "1", qty: 1, price: 1 })
    })
    const { id } = yield* Schema.decodeUnknown(Order)(text).pipe(
      Effect.mapError(() => because(`/orders answered no order: ${text.slice(0, 300)}`))
    )
    yield* again(expect(`/orders/${id}`, [200]))
  })
  return Effect.gen(function*() {
    yield* again(expect("/readyz", [200, 204]))
    yield* again(expect("/openapi.json", [200]))
    yield* again(expect("/", [200]))
    // Who has no key may be refused, and by nothing but the lack of it.
    yield* again(expect("/orderDashboards?limit=1", key === undefined ? [200, 401] : [200]))
    if (order) yield* placed
  })
}
