/** Lays out a simulated Saucier: its hosts, the database, the bank, and the lines between them. */
import * as Ids from "@saucier/kernel/Ids"
import type { Money } from "@saucier/kernel/Money"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Bank from "./Bank.ts"
import type { Chance } from "./Chance.ts"
import * as ClusterNode from "./ClusterNode.ts"
import * as ClusterTables from "./ClusterTables.ts"
import * as ContextServer from "./ContextServer.ts"
import * as DatabaseServer from "./DatabaseServer.ts"
import * as Doors from "./Doors.ts"
import * as Host from "./Host.ts"
import * as Network from "./Network.ts"
import * as Processes from "./Processes.ts"
import * as Sockets from "./Sockets.ts"
import type { Count } from "./Sometimes.ts"
import * as Trials from "./Trials.ts"
import type { World } from "./World.ts"

type Names = readonly [string, ...ReadonlyArray<string>]

/** Which host hosts which contexts: all in one, all in each, or each in its own. */
const layout = (
  chance: Chance
): ReadonlyArray<readonly [host: string, hosted: ReadonlyArray<Host.Group>]> => {
  if (chance.happens(0.2)) return [["saucier-1", Host.groups]]
  if (chance.happens(0.5)) {
    return Array.from({ length: chance.between(2, 3) }, (_, index) => [`saucier-${index + 1}`, Host.groups])
  }
  return Host.groups.flatMap((group) =>
    Array.from(
      { length: group === "dashboard" ? 1 : chance.between(1, 2) },
      (_, index) => [`${group}-${index + 1}`, [group]] as const
    )
  )
}

const beginnings = ["order", "payment"] as const

const isPaymentId = Schema.is(Ids.PaymentId)

export const make = (world: World, count: Count) => {
  const chance = world.chance("town")
  const network = Network.make(world)
  const sockets = Sockets.make(world, network)
  const server = DatabaseServer.make(world, network, count)
  const drawn = world.chance("settings")
  const settings: Host.Settings = { calls: drawn.pick([5, 20]), trials: drawn.pick([1, 5]) }
  const lockExpiration = drawn.pick(ClusterNode.lockExpirations)
  const tables = ClusterTables.make(world, network, server, lockExpiration, count)
  const contextOf = (name: Host.Group) => ContextServer.make(world, network, server, name, count)
  const servers = {
    order: contextOf("order"),
    payment: contextOf("payment"),
    delivery: contextOf("delivery"),
    dashboard: contextOf("dashboard")
  }
  const doors = Doors.make(world, network, servers.dashboard)
  const processes = Processes.make(world, (process) => {
    sockets.ended(process)
    tables.ended(process)
    doors.ended(process)
  })
  const gateways: Names = chance.happens(0.5) ? ["gateway-1"] : ["gateway-1", "gateway-2"]

  const hint = ({ amount, key }: { readonly amount?: Money; readonly key: string }) => {
    if (!isPaymentId(key)) return
    world.start(
      "bank's messenger",
      Effect.ignore(doors.ask(chance.pick(gateways), (gateway) => gateway.hint(key, amount ?? null)))
    )
  }
  const bank = Bank.make(world, network, hint)

  const trials = Trials.make(settings.trials, count)
  const skew = () => chance.happens(0.3) ? chance.between(-2000, 2000) : 0
  const options = (process: string): ClusterNode.Options => ({
    process,
    sockets,
    tables,
    lockExpiration,
    groups: Host.groups
  })
  const hosts = layout(chance)
  for (const [host, hosted] of hosts) {
    processes.add(host, (process) =>
      Layer.launch(Host.runner(options(process), hosted, {
        settings,
        trials,
        provider: bank.seenBy(process),
        stores: Host.storesOf(servers)
      })), skew())
  }
  for (const gateway of gateways) {
    processes.add(
      gateway,
      (process) => Effect.provide(doors.open(process), ClusterNode.client(options(process))),
      skew()
    )
  }
  const [first = "saucier-1", ...others] = hosts.map(([host]) => host)
  const runners: Names = [first, ...others]
  /** Who hosts orders or payments, by what begins there. */
  const beginners = hosts.flatMap(([host, hosted]) =>
    beginnings.filter((of) => hosted.includes(of)).map((of) => [host, of] as const)
  )
  return {
    world,
    network,
    sockets,
    server,
    servers,
    bank,
    trials,
    doors,
    processes,
    runners,
    beginners,
    gateways,
    lockExpiration
  }
}
