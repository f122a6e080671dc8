/** Alerts and dashboard as Prometheus itself sees them: their unit tests, and real processes that it scrapes. */
import { assert, describe, it } from "@effect/vitest"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { fileURLToPath } from "node:url"
import * as World from "../cluster/World.ts"
import * as Dashboard from "../grafana/Dashboard.ts"
import * as Prometheus from "../services/prometheus/Prometheus.ts"
import { alerts } from "./Alerts.ts"
import * as PromQL from "./PromQL.ts"

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

const Instant = Schema.parseJson(Schema.Struct({
  status: Schema.Literal("success"),
  data: Schema.Struct({
    result: Schema.Array(Schema.Struct({
      metric: Schema.Record({ key: Schema.String, value: Schema.String }),
      value: Schema.Tuple(Schema.Number, Schema.String)
    }))
  }),
  warnings: Schema.optional(Schema.Array(Schema.String))
}))

const Rules = Schema.parseJson(Schema.Struct({
  data: Schema.Struct({
    groups: Schema.Array(Schema.Struct({
      rules: Schema.Array(Schema.Struct({
        name: Schema.String,
        health: Schema.String,
        lastError: Schema.optional(Schema.String),
        state: Schema.String
      }))
    }))
  })
}))

const query = (url: string, expression: string) =>
  Effect.map(
    World.ask(`${url}/api/v1/query?query=${encodeURIComponent(PromQL.filled(expression))}`),
    ({ text }) => Schema.decodeUnknownSync(Instant)(text).data.result
  )

const rulesOf = (url: string) =>
  Effect.map(
    World.ask(`${url}/api/v1/rules`),
    ({ text }) => Schema.decodeUnknownSync(Rules)(text).data.groups.flatMap(({ rules }) => rules)
  )

const firing = (url: string) =>
  Effect.map(rulesOf(url), (rules) => rules.filter(({ state }) => state === "firing").map(({ name }) => name))

const queries = (Dashboard.dashboard().panels ?? []).flatMap((panel) =>
  panel.type === "row" || !("targets" in panel)
    ? []
    : (panel.targets ?? []).map(({ expr }) => ({ title: panel.title ?? "", expr: String(expr) }))
)

describe("the alerts", () => {
  it.scopedLive("are what Prometheus takes, and fire on recorded series as their tests say", () =>
    Effect.gen(function*() {
      yield* Console.log(yield* Prometheus.promtool(["check", "config", path("prometheus.yaml")]))
      yield* Console.log(yield* Prometheus.promtool(["check", "rules", path("alerts.yaml")]))
      yield* Console.log(yield* Prometheus.promtool(["test", "rules", path("alerts.test.yaml")]))
    }))
})

describe("a Prometheus that scrapes every process", () => {
  it.scopedLive("has an answer to each query of the dashboard, fires when a service is away, and is silent when it is back", () =>
    Effect.gen(function*() {
      const world = yield* World.start({ settings: { SAUCIER_PROVIDER_PRESET: "healthy" } })
      const { scrape, url } = yield* Prometheus.start(path("alerts.yaml"))
      /** As service discovery would, whoever runs at the moment. */
      const scrapeAll = Effect.flatMap(
        world.control.status(),
        ({ services }) =>
          scrape(
            services.flatMap(({ processes }) =>
              processes.flatMap(({ url }) => url === null ? [] : [new URL(url).host])
            )
          )
      )
      yield* scrapeAll
      const order = World.ask(`${world.base}/orders`, "POST", {
        branchId: "1",
        sauceId: "1",
        qty: 10,
        price: 10_000
      })
      yield* World.until(order, ({ status }) => status === 201)
      yield* Effect.forkScoped(Effect.forever(order))

      const unanswered = Effect.filter(
        queries,
        ({ expr }) => Effect.map(query(url, expr), ({ length }) => length === 0)
      )
      // A minute is the span of each rate.
      const empty = yield* World.until(Effect.delay(unanswered, "2 seconds"), (found) => found.length <= 1)
      assert.deepStrictEqual(empty.map(({ title }) => title), ["Traces dropped"], "none were")

      const rules = yield* rulesOf(url)
      assert.sameMembers(rules.map(({ name }) => name), alerts.map(({ alert }) => alert))
      assert.isTrue(rules.every(({ health }) => health === "ok"), JSON.stringify(rules))
      assert.deepStrictEqual(yield* firing(url), [], "all is well")

      yield* world.control.stop({ path: { service: "delivery" } })
      const begun = performance.now()
      const found = yield* World.until(
        firing(url),
        (names) =>
          ["SaucierSubscriptionGone", "SaucierShardWithoutOwner"].every((name) => names.includes(name))
      )
      yield* Console.log(
        `delivery was stopped: ${found.join(", ")} fire ${
          Math.round((performance.now() - begun) / 1000)
        } s later`
      )
      yield* world.control.start({ path: { service: "delivery" } })
      yield* world.ready("delivery")
      yield* scrapeAll
      yield* World.until(
        firing(url),
        (names) =>
          !["SaucierSubscriptionGone", "SaucierShardWithoutOwner", "SaucierOrderStuck"].some((name) =>
            names.includes(name)
          )
      )
      assert.deepStrictEqual(yield* world.end, { code: 0, left: [] })
    }))
})
