/** What may befall a cluster; each fault ends by itself, before the next one begins. */
import { because, type Broken } from "@saucier/proof/Broken"
import * as Provider from "@saucier/proof/Provider"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { readdirSync, readFileSync } from "node:fs"
import type { World } from "./World.ts"

export const classes = [
  "kill -9",
  "SIGSTOP",
  "PostgreSQL restarted",
  "PostgreSQL crashed",
  "sessions ended",
  "connections cut",
  "connections stalled",
  "connections slow",
  "provider",
  "scaled",
  "replaced"
] as const
export type Class = (typeof classes)[number]

export interface Fault {
  readonly kind: Class
  readonly what: string
  readonly act: Effect.Effect<unknown, Broken>
}

const services = ["order", "payment", "delivery", "dashboard", "gateway"] as const
const scalable = ["order", "payment", "delivery"] as const
const moods = ["brownout", "slow", "down", "hang", "lost-reply", "duplicate-webhook", "decline"] as const

const shares = [[1, "all"], [0.5, "half of them"]] as const

const oneOf = <A>(all: ReadonlyArray<A>) =>
  Effect.flatMap(Random.nextIntBetween(0, all.length), (at) => {
    const found = all[at]
    return found === undefined ? Effect.dieMessage("there is nothing to choose from") : Effect.succeed(found)
  })

const between = (least: number, most: number) => Random.nextIntBetween(least, most + 1)

const tried = <A, E extends { readonly message: string }>(act: Effect.Effect<A, E>) =>
  Effect.mapError(act, ({ message }) => because(message))

/** The processes that serve its sessions, by Linux's list of processes. */
const sessions = (server: number) =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? []
      const words = readFileSync(`/proc/${name}/cmdline`, "utf8")
      return Number(parent) === server && words.startsWith("postgres: saucier") ? [Number(name)] : []
    } catch {
      return []
    }
  })

const isGone = (error: unknown) => error instanceof Error && "code" in error && error.code === "ESRCH"

/** A session may end by itself after it was found. */
const endSessions = (server: number) =>
  Effect.try({
    try: () => {
      for (const pid of sessions(server)) {
        try {
          process.kill(pid, "SIGTERM")
        } catch (error) {
          if (!isGone(error)) throw error
        }
      }
    },
    catch: (error) => because(String(error))
  })

const signal = (name: NodeJS.Signals) => (pid: number) =>
  Effect.try({ try: () => process.kill(pid, name), catch: (error) => because(String(error)) })

/** The next fault of a class; what it strikes is drawn. */
export const draw = (
  kind: Class,
  { base, control, network, postmaster, processes, ready }: World
): Effect.Effect<Fault, Broken> =>
  Effect.gen(function*() {
    const named = (what: string, act: Effect.Effect<unknown, Broken>): Fault => ({
      kind,
      what: `${kind}: ${what}`,
      act
    })
    const service = yield* oneOf(services)
    // What is drawn does not depend on how many there are: a seed draws the same plan again.
    const nth = yield* between(0, 1000)
    const victims = yield* tried(processes(service))
    const { index = 1 } = victims[nth % Math.max(victims.length, 1)] ?? {}
    switch (kind) {
      case "kill -9":
        return named(service, tried(control.kill({ path: { service, index } })))
      case "SIGSTOP": {
        const seconds = yield* between(3, 14)
        return named(
          `${service} for ${seconds} s`,
          tried(control.pause({ path: { service, index }, payload: { unwatched: true } })).pipe(
            Effect.zipRight(Effect.sleep(seconds * 1000)),
            Effect.zipRight(Effect.ignore(control.resume({ path: { service, index } })))
          )
        )
      }
      case "PostgreSQL restarted":
        return named("in order", Effect.flatMap(postmaster, signal("SIGINT")))
      case "PostgreSQL crashed":
        return named("at once", Effect.flatMap(postmaster, signal("SIGQUIT")))
      case "sessions ended":
        return named("every one", Effect.flatMap(postmaster, endSessions))
      case "connections cut": {
        const [share, told] = yield* oneOf(shares)
        return named(told, network.cut(share))
      }
      case "connections stalled": {
        const seconds = yield* between(2, 14)
        if (yield* Random.nextBoolean) {
          const [share, told] = yield* oneOf(shares)
          return named(`${told}, on the side of the server alone`, network.forget(share))
        }
        return named(
          `all, for ${seconds} s`,
          Effect.scoped(Effect.zipRight(network.stalled, Effect.sleep(seconds * 1000)))
        )
      }
      case "connections slow": {
        const millis = yield* between(20, 200)
        const seconds = yield* between(3, 8)
        return named(
          `by ${millis} ms, for ${seconds} s`,
          Effect.scoped(Effect.zipRight(network.slow(millis), Effect.sleep(seconds * 1000)))
        )
      }
      case "provider": {
        const mood = yield* oneOf(moods)
        const seconds = yield* between(3, 8)
        return named(
          `${mood} for ${seconds} s`,
          Provider.behave(base, mood).pipe(
            Effect.zipRight(Effect.sleep(seconds * 1000)),
            Effect.zipRight(Effect.retry(Provider.behave(base, "healthy"), { times: 20 })),
            Effect.mapError(({ message }) => because(message))
          )
        )
      }
      case "scaled": {
        const scaled = yield* oneOf(scalable)
        const many = yield* between(1, 2)
        return named(
          `${scaled} to ${many}`,
          tried(control.scale({ path: { service: scaled }, payload: { processes: many } }))
        )
      }
      case "replaced":
        return named(
          service,
          Effect.zipRight(tried(control.restart({ path: { service } })), tried(ready(service)))
        )
    }
  })
