/** Branches that order, and what each of their calls came to. */
import * as Monotonic from "@saucier/eventsourcing/Monotonic"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import * as Stats from "./Stats.ts"

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

export const goods = { branchId: "1", sauceId: "1", qty: 10, price: 10_000 }

export const idOf = (text: string): string => /"(?:id|orderId)":"(ord_[^"]+)"/.exec(text)?.[1] ?? ""

/** A call, and after how many milliseconds who was refused may ask again. */
const told = (base: string, key: string, body: unknown) =>
  Effect.gen(function*() {
    const at = yield* Monotonic.millis
    const headers = { "idempotency-key": key }
    const { broken, header, millis, status, text } = yield* Ask.ask(`${base}/orders`, { body, headers })
    const call: Call = { status, millis, orderId: idOf(text), broken, at }
    return { call, again: Math.min(Number(header("retry-after")) * 1000 || shortly, longest) }
  })

const shortly = 250
const longest = 5000

export const order = (base: string, key: string, body: unknown = goods): Effect.Effect<Call> =>
  Effect.map(told(base, key, body), ({ call }) => call)

export const isAcknowledged = ({ status }: Pick<Call, "status">) => status === 201 || status === 202

/**
 * Repeats with its key until it is told, as clients do, and not before it may: who does not wait keeps a system down that
 * only wants a moment. Gives every call that it took.
 */
export const insist = (
  base: string,
  key: string,
  body: unknown = goods
): Effect.Effect<ReadonlyArray<Call>> =>
  Effect.flatMap(told(base, key, body), ({ again, call }) =>
    isAcknowledged(call)
      ? Effect.succeed([call])
      : Effect.map(Effect.delay(insist(base, key, body), again), (later) => [call, ...later]))

const name = (kind: string) => Effect.map(TypeId.generate, (id) => `${kind}-${id}`)

/** One order that was never asked for before. */
export const fresh = (base: string) => Effect.flatMap(name("fresh"), (key) => order(base, key))

/** Whoever is refused at once would else ask so often that he slows down all others. */
const once = (base: string, key: string) =>
  Effect.tap(order(base, key), (call) => isAcknowledged(call) ? Effect.void : Effect.sleep("100 millis"))

/** So many callers, one order after the other each, until told to stop; patient ones insist. */
export const load = (base: string, callers: number, patient = false) =>
  Effect.gen(function*() {
    const named = yield* name("load")
    const calls: Array<Call> = []
    let over = false
    let next = 0
    const one = Effect.suspend(() => {
      const key = `${named}-${++next}`
      return patient ? insist(base, key) : Effect.map(once(base, key), (call) => [call])
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

/** So many orders by so many callers, each until it is told. */
export const many = (base: string, count: number, callers: number, body: unknown = goods) =>
  Effect.flatMap(name("many"), (named) =>
    Effect.forEach(
      Array.from({ length: count }, (_, n) => `${named}-${n}`),
      (key) => insist(base, key, body),
      { concurrency: callers }
    )).pipe(Effect.map((calls) => calls.flat()))

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
