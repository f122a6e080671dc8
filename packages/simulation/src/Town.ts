/** Lays out a simulated Saucier: its hosts, the database, the bank, and the lines between them. */
import * as Ids from "@saucier/kernel/Ids"
import type { Money } from "@saucier/kernel/Money"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Bank from "./Bank.ts"
import * as Books from "./Books.ts"
import type { Chance } from "./Chance.ts"
import * as ClusterNode from "./ClusterNode.ts"
import * as ClusterTables from "./ClusterTables.ts"
import * as ContextFile from "./ContextFile.ts"
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
  chance: Chance,
  alone: boolean
): ReadonlyArray<readonly [host: string, hosted: ReadonlyArray<Host.Group>]> => {
  if (chance.happens(0.2) || alone) return [["saucier-1", Host.groups]]
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

/** `folder` is an empty one for SQLite files, if the contexts are to be kept in such: then one process has all. */
export const make = (world: World, count: Count, folder: string | undefined) => {
  const chance = world.chance("town")
  const network = Network.make(world)
  const sockets = Sockets.make(world, network)
  const server = DatabaseServer.make(world, network, count)
  const drawn = world.chance("settings")
  const settings: Host.Settings = { calls: drawn.pick([5, 20]), trials: drawn.pick([1, 5]) }
  const lockExpiration = drawn.pick(ClusterNode.lockExpirations)
  const tables = ClusterTables.make(world, network, server, lockExpiration, count)
  const atServer = (name: Host.Group) => {
    const context = ContextServer.make(world, network, server, name, count)
    return { books: Books.atServer(context), losePower: context.losePower, ended: () => {} }
  }
  const inFile = (folder: string) => (name: Host.Group) => {
    const books = ContextFile.make(world, server, folder, name, count)
    return { books, losePower: () => 0, ended: books.ended }
  }
  const contextOf = folder === undefined ? atServer : inFile(folder)
  const contexts = {
    order: contextOf("order"),
    payment: contextOf("payment"),
    delivery: contextOf("delivery"),
    dashboard: contextOf("dashboard")
  }
  const books = {
    order: contexts.order.books,
    payment: contexts.payment.books,
    delivery: contexts.delivery.books,
    dashboard: contexts.dashboard.books
  }
  const doors = Doors.make(world, network, books.dashboard)
  const processes = Processes.make(world, (process) => {
    sockets.ended(process)
    tables.ended(process)
    doors.ended(process)
    for (const { ended } of Object.values(contexts)) ended(process)
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
  const hosts = layout(chance, folder !== undefined)
  for (const [host, hosted] of hosts) {
    processes.add(host, (process) =>
      Layer.launch(Host.runner(options(process), hosted, {
        settings,
        trials,
        provider: bank.seenBy(process),
        stores: Host.storesOf(books)
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
  /** Who hosts orders or payments that another can take over, by what begins there. */
  const beginners = beginnings
    .map((of) => hosts.filter(([, hosted]) => hosted.includes(of)).map(([host]) => [host, of] as const))
    .filter((those) => those.length > 1)
    .flat()
  return {
    world,
    network,
    sockets,
    server,
    books,
    /** Takes from the tables what was not synced, and tells how many commits that were; files are left by all who had them. */
    losePower: (keep: number) => {
      if (folder !== undefined) { for (const host of runners) processes.kill(host, 500) }
      return Object.values(contexts).reduce((lost, { losePower }) => lost + losePower(keep), 0)
    },
    /** Nobody works any more: what is looked at now is what stands on the disk. */
    close: () => {
      for (const host of runners) processes.kill(host, Infinity)
    },
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
