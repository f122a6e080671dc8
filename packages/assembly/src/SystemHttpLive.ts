import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import * as Ask from "@saucier/eventsourcing/Ask"
import * as ProcessFacts from "@saucier/runtime/ProcessFacts"
import { SettingsInForce } from "@saucier/runtime/Settings"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Probes } from "./Probes.ts"
import { ShardNotFound, SystemHttp } from "./SystemHttp.ts"

const answerWithin = Ask.within("The cluster's database", "10 seconds")

export const SystemHttpLive = HttpApiBuilder.group(
  HttpApi.make("saucier").add(SystemHttp),
  "system",
  (handlers) =>
    Effect.gen(function*() {
      const { residents, runners, shards } = yield* Probes
      const gateway = yield* ProcessFacts.make
      const settings = yield* SettingsInForce
      const all = Effect.all(
        {
          at: Clock.currentTimeMillis,
          gateway,
          runners: answerWithin(runners),
          shards: answerWithin(shards)
        },
        { concurrency: "unbounded" }
      )

      return handlers
        .handle("system", () =>
          Effect.map(
            all,
            (system) => ({
              ...system,
              runners: system.runners.map(({ facts, ...runner }) => ({
                ...runner,
                facts: Option.getOrNull(facts)
              }))
            })
          ))
        .handle("residents", ({ path: { context, shard } }) =>
          Effect.gen(function*() {
            const groups = yield* answerWithin(shards)
            const count = groups.find(({ group }) => group === context)?.shards.length ?? 0
            if (shard > count) return yield* new ShardNotFound({ context, shard, shards: count })
            return yield* residents(context, shard)
          }))
        .handle("settings", () => Effect.succeed({ items: settings }))
    })
)
