/**
 * An open model: orders leave by the clock, whether or not earlier ones were answered, and each one's latency counts
 * from when it was due. So a server that stalls is charged for every order that had to wait (no coordinated omission).
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { BranchId } from "@saucier/kernel/Goods"
import { OrderId } from "@saucier/kernel/Ids"
import * as TypeId from "@saucier/kernel/TypeId"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import { constTrue } from "effect/Function"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Hdr from "hdr-histogram-js"
import type { Server } from "./Server.ts"

export interface Options {
  readonly rate: number
  readonly seconds: number
}

export interface Acknowledged {
  readonly orderId: OrderId
  readonly status: number
}

/** `answers` counts by status, or by what came instead of one. */
export interface Load {
  readonly branchId: BranchId
  readonly sent: number
  readonly answers: Readonly<Record<string, number>>
  readonly acknowledged: ReadonlyArray<Acknowledged>
  readonly elapsedSeconds: number
  readonly latency: Readonly<Record<"p50" | "p90" | "p99" | "max", number>>
}

export interface Watch {
  readonly sent: (sent: number, answered: number) => void
  /** One answer, or what came instead of it, and the order that it acknowledges. */
  readonly answered?: (outcome: string, orderId: OrderId | undefined) => void
}

interface Outcome {
  readonly outcome: string
  readonly orderId?: OrderId
}

const Registered = Schema.Struct({ id: OrderId })

const patience = "30 seconds"

const bodyOf = (branchId: string, index: number) => ({
  branchId,
  sauceId: `${index % 5 + 1}`,
  qty: index % 10 + 1,
  price: 1000 * (index % 10 + 1)
})

const micros = (nanos: bigint) => Number(nanos / 1000n)

export const run = (server: Pick<Server, "http">, { rate, seconds }: Options, watch: Watch) =>
  Effect.gen(function*() {
    const branchId = BranchId.make(`load-${yield* TypeId.generate}`)
    const http = HttpClient.withTracerDisabledWhen(server.http, constTrue)
    const histogram = Hdr.build({ numberOfSignificantValueDigits: 3, autoResize: true })
    const answers: Record<string, number> = {}
    const acknowledged: Array<Acknowledged> = []
    let answered = 0

    const place = (index: number): Effect.Effect<Outcome> =>
      Effect.gen(function*() {
        const request = yield* HttpClientRequest.bodyJson(
          HttpClientRequest.post("/orders"),
          bodyOf(branchId, index)
        )
        const response = yield* http.execute(request)
        const { status } = response
        if (status !== 201 && status !== 202) {
          yield* response.text
          return { outcome: `${status}` }
        }
        const { id } = yield* HttpClientResponse.schemaBodyJson(Registered)(response)
        acknowledged.push({ orderId: id, status })
        return { outcome: `${status}`, orderId: id }
      }).pipe(
        Effect.timeout(patience),
        Effect.catchAll((error) =>
          Effect.succeed({ outcome: Cause.isTimeoutException(error) ? "timeout" : "broken" })
        )
      )
    const start = yield* Clock.currentTimeNanos
    const dueAt = (index: number) => start + BigInt(Math.round(index * 1e9 / rate))
    const placeDue = (index: number) =>
      Effect.gen(function*() {
        const { orderId, outcome } = yield* place(index)
        histogram.recordValue(Math.max(1, micros((yield* Clock.currentTimeNanos) - dueAt(index))))
        answers[outcome] = (answers[outcome] ?? 0) + 1
        answered += 1
        watch.answered?.(outcome, orderId)
        watch.sent(sent, answered)
      })

    const fibers = yield* FiberSet.make()
    const total = Math.max(1, Math.round(rate * seconds))
    let sent = 0
    while (sent < total) {
      const now = yield* Clock.currentTimeNanos
      while (sent < total && dueAt(sent) <= now) {
        yield* FiberSet.run(fibers, placeDue(sent))
        sent += 1
      }
      watch.sent(sent, answered)
      yield* Effect.sleep("1 millis")
    }
    yield* Effect.repeat(Effect.sync(() => watch.sent(sent, answered)), {
      schedule: Schedule.spaced("20 millis"),
      until: () => answered === total
    })
    const elapsed = micros((yield* Clock.currentTimeNanos) - start) / 1e6
    // A percentile is the upper edge of its bucket, which the longest may not reach.
    const percentile = (p: number) => Math.min(histogram.getValueAtPercentile(p), histogram.maxValue) / 1000
    const load: Load = {
      branchId,
      sent,
      answers,
      acknowledged,
      elapsedSeconds: elapsed,
      latency: {
        p50: percentile(50),
        p90: percentile(90),
        p99: percentile(99),
        max: histogram.maxValue / 1000
      }
    }
    return load
  }).pipe(Effect.scoped)
