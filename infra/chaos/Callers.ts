/** Branches that order under an Idempotency-Key until they are told; some cancel, some have their goods sent. */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"

export interface Acknowledged {
  readonly orderId: string
  readonly status: number
}

export interface Told {
  readonly acknowledged: ReadonlyArray<Acknowledged>
  /** Answers by status; `broken` where there was none. */
  readonly answers: Readonly<Record<string, number>>
}

const body = JSON.stringify({ branchId: "1", sauceId: "1", qty: 10, price: 10_000 })

interface Answer {
  readonly status: number
  readonly id: string
}

const ask = (url: URL, method: string, content: string, headers: Record<string, string> = {}) =>
  Effect.tryPromise(async (signal): Promise<Answer> => {
    const response = await fetch(url, {
      method,
      body: content,
      headers: { "content-type": "application/json", ...headers },
      signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)])
    })
    const parsed: unknown = await response.json()
    const id = typeof parsed === "object" && parsed !== null && "id" in parsed ? String(parsed.id) : ""
    return { status: response.status, id }
  }).pipe(Effect.orElseSucceed((): Answer => ({ status: 0, id: "" })))

export const run = (base: URL, orders: number, callers: number, advance: () => void) =>
  Effect.gen(function*() {
    const answers: Record<string, number> = {}
    const acknowledged: Array<Acknowledged> = []
    const place = (key: string): Effect.Effect<Answer> =>
      Effect.flatMap(ask(new URL("/orders", base), "POST", body, { "idempotency-key": key }), (answer) => {
        const name = answer.status === 0 ? "broken" : `${answer.status}`
        answers[name] = (answers[name] ?? 0) + 1
        const told = answer.status === 201 || answer.status === 202 || answer.status === 402
        return told ? Effect.succeed(answer) : Effect.delay(place(key), "500 millis")
      })

    const live = (n: number) =>
      Effect.gen(function*() {
        const { id, status } = yield* place(`chaos-${n}`)
        if (status !== 402) acknowledged.push({ orderId: id, status })
        const fate = yield* Random.next
        if (id !== "" && fate < 0.05) {
          yield* ask(new URL(`/orders/${id}/cancel`, base), "POST", JSON.stringify({ reason: "chaos" }))
        } else if (id !== "" && fate < 0.1) {
          const delivery = new URL(`/deliveries/dlv_${id.slice(4)}`, base)
          yield* ask(delivery, "PATCH", JSON.stringify({ status: "Dispatched" })).pipe(
            Effect.repeat(
              Schedule.recurUntil<Answer>(({ status }) => status === 200).pipe(
                Schedule.intersect(Schedule.recurs(5)),
                Schedule.addDelay(() => "200 millis")
              )
            )
          )
        }
        advance()
      })

    yield* Effect.forEach(Array.from({ length: orders }, (_, n) => n), live, {
      concurrency: callers,
      discard: true
    })
    const told: Told = { acknowledged, answers }
    return told
  })
