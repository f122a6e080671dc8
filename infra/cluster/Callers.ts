/** Branches that order, and what each of their calls came to. */
import * as Effect from "effect/Effect"
import * as Stats from "../bench/Stats.ts"

export interface Call {
  /** 0 where there was no answer. */
  readonly status: number
  readonly millis: number
  readonly orderId: string
  /** Why there was none. */
  readonly broken: string
  /** When it was made, in milliseconds of the monotonic clock. */
  readonly at: number
}

const body = JSON.stringify({ branchId: "1", sauceId: "1", qty: 10, price: 10_000 })

const reason = (error: unknown) =>
  error instanceof Error ? String(error.cause ?? error).replaceAll(/\s+/g, " ") : String(error)

const idOf = (text: string): string => /"id":"(ord_[^"]+)"/.exec(text)?.[1] ?? ""

export const order = (base: string, key: string): Effect.Effect<Call> =>
  Effect.promise(async () => {
    const at = performance.now()
    const headers = { "content-type": "application/json", "idempotency-key": key }
    const signal = AbortSignal.timeout(30_000)
    try {
      const response = await fetch(`${base}/orders`, { method: "POST", body, headers, signal })
      const text = await response.text()
      return { status: response.status, millis: performance.now() - at, orderId: idOf(text), broken: "", at }
    } catch (error) {
      return { status: 0, millis: performance.now() - at, orderId: "", broken: reason(error), at }
    }
  })

export const isAcknowledged = ({ status }: Call) => status === 201 || status === 202

/** Repeats with its key until it is told, as clients do; gives every call that it took. */
export const insist = (base: string, key: string): Effect.Effect<ReadonlyArray<Call>> =>
  Effect.flatMap(order(base, key), (call) =>
    isAcknowledged(call)
      ? Effect.succeed([call])
      : Effect.map(Effect.delay(insist(base, key), "250 millis"), (later) => [call, ...later]))

let loads = 0

/** So many callers, one order after the other each, until told to stop. */
export const load = (base: string, callers: number, patient = false) =>
  Effect.gen(function*() {
    const name = `load-${process.pid}-${++loads}`
    const calls: Array<Call> = []
    let over = false
    let next = 0
    const one = Effect.suspend(() => {
      const key = `${name}-${++next}`
      return patient ? insist(base, key) : Effect.map(order(base, key), (call) => [call])
    }).pipe(Effect.tap((made) => Effect.sync(() => calls.push(...made))))
    const caller = Effect.repeat(one, { until: () => over })
    const fiber = yield* Effect.forkScoped(
      Effect.all(Array.from({ length: callers }, () => caller), { concurrency: "unbounded", discard: true })
    )
    return {
      calls,
      stop: Effect.zipRight(Effect.sync(() => over = true), fiber.await)
    }
  })
export type Load = Effect.Effect.Success<ReturnType<typeof load>>

export const many = (base: string, count: number, callers: number) =>
  Effect.suspend(() => {
    const name = `many-${process.pid}-${++loads}`
    return Effect.forEach(
      Array.from({ length: count }, (_, n) => `${name}-${n}`),
      (key) => insist(base, key),
      {
        concurrency: callers
      }
    )
  }).pipe(Effect.map((calls) => calls.flat()))

export const summary = (calls: ReadonlyArray<Call>) => {
  const answers: Record<string, number> = {}
  for (const { broken, status } of calls) {
    const answer = status === 0 ? broken : String(status)
    answers[answer] = (answers[answer] ?? 0) + 1
  }
  const good = calls.filter(isAcknowledged)
  return {
    answers,
    availability: calls.length === 0 ? 1 : good.length / calls.length,
    latency: Stats.of(calls.map(({ millis }) => millis))
  }
}
