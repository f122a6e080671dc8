import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import { assert, describe, it } from "@effect/vitest"
import * as ChangeFeed from "@saucier/assembly/ChangeFeed"
import { FeedHttp, FeedHttpLive } from "@saucier/assembly/FeedHttp"
import { DashboardEntity } from "@saucier/dashboard/DashboardEntity"
import { EventStoreUnavailable } from "@saucier/eventsourcing/EventStore"
import * as Cluster from "@saucier/runtime/Cluster"
import * as Draining from "@saucier/runtime/Draining"
import * as Health from "@saucier/runtime/Health"
import * as HttpRuntime from "@saucier/runtime/HttpRuntime"
import * as ProblemTitles from "@saucier/runtime/ProblemTitles"
import * as ProcessMetrics from "@saucier/runtime/ProcessMetrics"
import * as SseStreams from "@saucier/runtime/SseStreams"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

type Head = Effect.Effect<number, EventStoreUnavailable>

/** `/feed` over a board that answers where the changes end as told. */
const served = (head: Head) =>
  HttpRuntime.serve({ host: "127.0.0.1", port: 0 }).pipe(
    Layer.provide(HttpApiBuilder.api(HttpApi.make("saucier").add(FeedHttp))),
    Layer.provide(FeedHttpLive),
    Layer.provide(ChangeFeed.layer),
    Layer.provide(DashboardEntity.toLayer(
      Effect.succeed(DashboardEntity.of({
        GetRow: () => Effect.never,
        List: () => Effect.never,
        Counts: () => Effect.never,
        BranchCounts: () => Effect.never,
        Changes: () => Effect.never,
        Head: () => head,
        Rebuild: () => Effect.never,
        RebuildStatus: () => Effect.never
      })),
      { concurrency: "unbounded" }
    )),
    Layer.provide(Cluster.single(["dashboard"])),
    Layer.provide([ProblemTitles.layer({ en: {}, ko: {} }), ProcessMetrics.layer({ version: "1.2.3" })]),
    Layer.provideMerge(Layer.mergeAll(Draining.layer, Health.layer, SseStreams.layer()))
  )

/** The answer as soon as its head is there. */
const open = Effect.gen(function*() {
  const { url } = yield* HttpRuntime.HttpAddress
  const leave = yield* Effect.acquireRelease(
    Effect.sync(() => new AbortController()),
    (leave) => Effect.sync(() => leave.abort())
  )
  return yield* Effect.promise(() => fetch(`${url}/feed`, { signal: leave.signal }))
})

describe("the feed", () => {
  it.scopedLive("begins only when it is settled which changes will come, so that what is read next misses none", () =>
    Effect.gen(function*() {
      const asked = { count: 0 }
      const followed = yield* Effect.makeLatch(false)
      const begun = yield* Effect.makeLatch(false)
      const began: Array<boolean> = []
      // The gateway asks for itself first, then for each reader.
      const head = Effect.gen(function*() {
        asked.count++
        if (asked.count === 1) return yield* Effect.as(followed.open, 7)
        began.push(
          yield* Effect.raceFirst(
            Effect.as(begun.await, true),
            Effect.delay(Effect.succeed(false), "1 second")
          )
        )
        return 7
      })
      yield* Effect.gen(function*() {
        yield* followed.await
        const response = yield* open
        assert.strictEqual(response.status, 200)
        yield* begun.open
      }).pipe(Effect.provide(served(head)))
      assert.deepStrictEqual(began, [false])
    }))

  it.scopedLive("is a problem, not an empty stream, while nobody can say where it begins", () =>
    Effect.gen(function*() {
      const response = yield* open
      assert.strictEqual(response.status, 503)
      assert.include(yield* Effect.promise(() => response.text()), "service-unavailable")
    }).pipe(
      Effect.provide(
        served(
          Effect.fail(
            new EventStoreUnavailable({ store: "dashboard", reason: "unreachable", detail: "away" })
          )
        )
      )
    ))
})
