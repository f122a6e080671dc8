/**
 * Who is in the simulated cluster and which process has locked which shard, as PostgreSQL keeps it: a lock belongs to a
 * session, which ends with its process, with the server, or when nothing was heard of it for the lock's expiration.
 */
import { PersistenceError } from "@effect/cluster/ClusterError"
import * as RunnerStorage from "@effect/cluster/RunnerStorage"
import * as Effect from "effect/Effect"
import type { DatabaseServer } from "./DatabaseServer.ts"
import * as DatabaseServerHost from "./DatabaseServer.ts"
import type { Network } from "./Network.ts"
import { hostOf } from "./Sockets.ts"
import type { Count } from "./Sometimes.ts"
import type { World } from "./World.ts"

interface Member {
  readonly runner: string
  readonly machine: number
  healthy: boolean
  heardAt: number
}

interface Session {
  readonly process: string
  heardAt: number
  ended: boolean
}

export interface ClusterTables {
  readonly storageOf: (process: string) => RunnerStorage.RunnerStorage["Type"]
  /** A number for a process that asks and is no runner. */
  readonly nextMachine: () => number
  /** The system closes the connections of a process that died. */
  readonly ended: (process: string) => void
}

export const make = (
  world: World,
  network: Network,
  server: DatabaseServer,
  expiration: number,
  count: Count
): ClusterTables => {
  const members = new Map<string, Member>()
  const locks = new Map<string, Session>()
  const sessions = new Map<string, Session>()
  let machines = 1

  const holds = (session: Session | undefined) =>
    session !== undefined && !session.ended && world.elapsed() - session.heardAt <= expiration
  server.onStop(() => {
    for (const session of sessions.values()) session.ended = true
  })

  const sessionOf = (process: string): Session => {
    const before = sessions.get(process)
    if (before !== undefined && holds(before)) {
      before.heardAt = world.elapsed()
      return before
    }
    if (before !== undefined) count("a session has lost its locks")
    const session = { process, heardAt: world.elapsed(), ended: false }
    sessions.set(process, session)
    return session
  }

  const ask = <A>(what: string, work: () => A) =>
    Effect.mapError(server.ask(what, work), (cause) => new PersistenceError({ cause }))

  return {
    storageOf: (process) =>
      RunnerStorage.makeEncoded({
        getRunners: ask("runners", () =>
          [...members.values()]
            .filter(({ heardAt }) => world.elapsed() - heardAt <= expiration)
            .map(({ healthy, runner }) => [runner, healthy])),
        register: (address, runner, healthy) =>
          ask("register", () => {
            const machine = members.get(address)?.machine ?? machines++
            members.set(address, { runner, healthy, machine, heardAt: world.elapsed() })
            return machine
          }),
        unregister: (address) => ask("unregister", () => void members.delete(address)),
        setRunnerHealth: (address, healthy) =>
          ask("health", () => {
            const member = members.get(address)
            if (member !== undefined) member.healthy = healthy
          }),
        acquire: (_, shards) =>
          ask("acquire", () => {
            const session = sessionOf(process)
            for (const shard of shards) {
              const holder = locks.get(shard)
              if (holder !== undefined && holder !== session && !holds(holder)) {
                count("a shard is taken over from a silent runner")
              }
              if (!holds(holder)) locks.set(shard, session)
            }
            return [...shards].filter((shard) => locks.get(shard) === session)
          }),
        refresh: (address, shards) =>
          ask("refresh", () => {
            const session = sessionOf(process)
            const member = members.get(address)
            if (member !== undefined) member.heardAt = world.elapsed()
            return shards.filter((shard) => locks.get(shard) === session)
          }),
        release: (_, shard) =>
          ask("release", () => {
            if (locks.get(shard)?.process === process) locks.delete(shard)
          }),
        releaseAll: () =>
          ask("release all", () => {
            for (const [shard, session] of locks) if (session.process === process) locks.delete(shard)
          })
      }),
    nextMachine: () => machines++,
    ended: (process) => {
      network.line(hostOf(process), DatabaseServerHost.host)(() => {
        const session = sessions.get(process)
        if (session !== undefined) session.ended = true
      })
    }
  }
}
