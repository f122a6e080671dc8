/** How the circuit breaker serves ten callers while the provider degrades, stays slow, and is well again. */
import * as Stats from "@saucier/proof/Stats"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schema from "effect/Schema"
import { because } from "./Failure.ts"
import * as Http from "./Http.ts"
import * as Progress from "./Progress.ts"
import * as Report from "./Report.ts"
import * as Saucier from "./Saucier.ts"
import { order } from "./Target.ts"

const callers = 10
const runs = 3
const healthySeconds = 12
const openSeconds = 4

const Ledger = Schema.parseJson(
  Schema.Struct({ items: Schema.Array(Schema.Unknown), next: Schema.NullOr(Schema.String) })
)

const charges = (base: URL) =>
  Effect.gen(function*() {
    let count = 0
    for (let after: string | null = ""; after !== null;) {
      const { body } = yield* Http.get(new URL(`/ops/provider/ledger?after=${after}`, base))
      const page: typeof Ledger.Type = yield* Schema.decode(Ledger)(body)
      count += page.items.length
      after = page.next
    }
    return count
  })

const behave = (base: URL, preset: string) =>
  Effect.filterOrFail(
    Effect.tryPromise({
      try: () =>
        fetch(new URL("/ops/provider/preset", base), {
          method: "PUT",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ preset })
        }),
      catch: (error) => because(`${error}`)
    }),
    ({ ok }) => ok,
    () => because(`The provider refuses to be ${preset}`)
  )

interface Answer {
  readonly at: number
  readonly status: number
  readonly millis: number
}

const trial = (slow: string) =>
  Effect.scoped(Effect.gen(function*() {
    const { base } = yield* Saucier.start()
    yield* behave(base, "healthy")
    const answers: Array<Answer> = []
    const call = Effect.gen(function*() {
      const since = performance.now()
      const { status } = yield* Http.post(new URL("/orders", base), order)
      const at = performance.now()
      answers.push({ at, status, millis: at - since })
      // Who is turned away comes again soon, not at once: the machine is to measure the breaker, not itself.
      if (status === 503) yield* Effect.sleep("50 millis")
    })
    const load = yield* Effect.forkScoped(
      Effect.replicateEffect(Effect.forever(call), callers, { concurrency: callers, discard: true })
    )
    const until = (since: number, status: number) => {
      const look: Effect.Effect<number> = Effect.suspend(() => {
        const found = answers.find((answer) => answer.at >= since && answer.status === status)
        return found === undefined ? Effect.delay(look, "10 millis") : Effect.succeed(found.at)
      })
      return look.pipe(Effect.timeoutFail({
        duration: "90 seconds",
        onTimeout: () => because(`Nobody was answered ${status} within 90 s`)
      }))
    }

    yield* Effect.sleep(healthySeconds * 1000)
    const falseAlarms = answers.filter(({ status }) => status === 503).length
    const degraded = performance.now()
    yield* behave(base, slow)
    const opened = yield* until(degraded, 503)

    yield* Effect.sleep("1500 millis")
    const before = yield* charges(base)
    const from = performance.now()
    yield* Effect.sleep((openSeconds - 1.5) * 1000)
    const after = yield* charges(base)
    const open = answers.filter(({ at, status }) => at >= from && status === 503)

    const healed = performance.now()
    yield* behave(base, "healthy")
    const closed = yield* until(healed + 1, 201)
    yield* Fiber.interrupt(load)
    return {
      falseAlarms,
      secondsToOpen: (opened - degraded) / 1000,
      callsWhileOpen: after - before,
      openAnswer: Stats.of(open.map(({ millis }) => millis)),
      secondsToClose: (closed - healed) / 1000
    }
  }))

export const run = Effect.gen(function*() {
  const results: Array<Effect.Effect.Success<ReturnType<typeof trial>> & { readonly preset: string }> = []
  for (const preset of ["brownout", "slow"]) {
    for (let n = 0; n < runs; n++) {
      results.push({
        preset,
        ...(yield* Progress.during(`healthy → ${preset} → healthy`, 40, trial(preset)))
      })
    }
  }
  yield* Report.print(Report.table(
    [
      "after 12 s of\nhealthy:",
      "503 while\nhealthy",
      "s until\nit opens",
      "provider calls\nwhile open",
      "503 ms while open\np50 / p99",
      "s from healing\nuntil 201"
    ],
    results.map((result) => [
      result.preset,
      result.falseAlarms,
      Stats.round(result.secondsToOpen),
      result.callsWhileOpen,
      `${Stats.round(result.openAnswer.p50)} / ${Stats.round(result.openAnswer.p99)}`,
      Stats.round(result.secondsToClose)
    ])
  ))
  yield* Report.save("bench-breaker.json", { callers, results })
  return results.every(({ callsWhileOpen }) => callsWhileOpen === 0)
})
