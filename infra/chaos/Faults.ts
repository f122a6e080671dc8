/** What may befall a cluster; each fault ends by itself, before the next one begins. */
import { because, type Broken } from "@saucier/proof/Broken"
import type { Cluster } from "@saucier/proof/Cluster"
import * as Provider from "@saucier/proof/Provider"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

export const classes = [
  "kill -9",
  "SIGSTOP",
  "PostgreSQL restarted",
  "PostgreSQL crashed",
  "connections cut",
  "provider",
  "scaled",
  "replaced"
] as const
export type Class = (typeof classes)[number]

export interface Fault {
  readonly kind: Class
  readonly what: string
  readonly act: Effect.Effect<void, Broken>
}

const services = ["order", "payment", "delivery", "dashboard", "gateway"] as const
const scalable = ["order", "payment", "delivery"] as const
const moods = ["brownout", "slow", "down", "hang", "lost-reply", "duplicate-webhook", "decline"] as const

const oneOf = <A>(all: ReadonlyArray<A>) =>
  Effect.flatMap(Random.nextIntBetween(0, all.length), (at) => {
    const found = all[at]
    return found === undefined ? Effect.dieMessage("there is nothing to choose from") : Effect.succeed(found)
  })

const between = (least: number, most: number) => Random.nextIntBetween(least, most + 1)

const tried = <A, E extends { readonly message: string }>(act: Effect.Effect<A, E>) =>
  Effect.asVoid(Effect.mapError(act, ({ message }) => because(message)))

/** The server's own process, and those that serve its sessions, by Linux's list of processes. */
const postmaster = (data: string) =>
  Number(readFileSync(join(data, "postgres/data/postmaster.pid"), "utf8").split("\n")[0])

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

const signal = (find: () => ReadonlyArray<number>, name: NodeJS.Signals) =>
  Effect.try({
    try: () => {
      for (const pid of find()) process.kill(pid, name)
    },
    catch: (error) => because(String(error))
  })

/** The next fault of a class; what it strikes is drawn. */
export const draw = (
  kind: Class,
  { base, control, data, processes, ready }: Cluster
): Effect.Effect<Fault, Broken> =>
  Effect.gen(function*() {
    const named = (what: string, act: Effect.Effect<void, Broken>): Fault => ({
      kind,
      what: `${kind}: ${what}`,
      act
    })
    const service = yield* oneOf(services)
    const victim = yield* Effect.mapError(processes(service), ({ message }) => because(message))
    const { index = 1 } = victim.length === 0 ? {} : yield* oneOf(victim)
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
        return named("in order", signal(() => [postmaster(data)], "SIGINT"))
      case "PostgreSQL crashed":
        return named("at once", signal(() => [postmaster(data)], "SIGQUIT"))
      case "connections cut":
        return named("every session", signal(() => sessions(postmaster(data)), "SIGTERM"))
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
