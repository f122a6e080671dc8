/** Carries out a plan of faults, each at its time, and ends what they began. */
import type { Bank } from "./Bank.ts"
import * as DatabaseServer from "./DatabaseServer.ts"
import * as Fault from "./Fault.ts"
import type { Network } from "./Network.ts"
import type { Processes } from "./Processes.ts"
import type { Sockets } from "./Sockets.ts"
import type { World } from "./World.ts"

export interface Town {
  readonly world: World
  readonly network: Network
  readonly sockets: Sockets
  readonly server: DatabaseServer.DatabaseServer
  readonly bank: Bank
  readonly processes: Processes
  /** Takes from the databases what was not synced. Tells how many commits that were. */
  readonly losePower: (keep: number) => number
}

/** For so many milliseconds after a sleeper has woken its gateway is still cut off. */
const unaware = 2500

/** All is well again at `until`, in milliseconds of the world. */
export const plan = (town: Town, faults: ReadonlyArray<Fault.Fault>, until: number): void => {
  const { bank, network, processes, server, sockets, world } = town

  const within = (millis: number) => Math.max(1, Math.min(millis, until - world.elapsed()))

  /** What a sleeper's slow bank gives way to, and comes back to. */
  let mood: Parameters<Bank["behave"]> = ["healthy", 0]
  const behave = (...next: typeof mood) => {
    mood = next
    bank.behave(...next)
  }

  const strike = (
    { host, inDoubt }: { readonly host: string; readonly inDoubt: boolean },
    blow: () => void
  ) => inDoubt ? server.atCommit(host, () => world.elapsed() < until && blow()) : blow()

  const begin = (fault: Fault.Fault): () => void => {
    const millis = "millis" in fault ? fault.millis : 0
    switch (fault._tag) {
      case "Kill":
        strike(fault, () => processes.kill(fault.host, within(millis)))
        return () => {}
      case "Pause":
        strike(fault, () => processes.pause(fault.host, within(millis)))
        return () => {}
      case "Sleeper":
        server.atCommit(fault.host, () => {
          if (world.elapsed() >= until) return
          const { gateway } = fault
          if (gateway !== null) network.cut(gateway, DatabaseServer.host)
          if (fault.stranded) bank.strand(fault.host, true)
          if (fault.slowBank) bank.behave("slow", 0)
          processes.pause(fault.host, within(millis))
          world.after(within(millis + unaware), () => {
            if (gateway !== null) network.heal(gateway, DatabaseServer.host)
            bank.strand(fault.host, false)
            if (fault.slowBank) bank.behave(...mood)
          })
        }, fault.over ?? undefined)
        return () => {}
      case "Replace":
        processes.replace(fault.host)
        return () => {}
      case "Cut":
        network.cut(fault.a, fault.b)
        return () => network.heal(fault.a, fault.b)
      case "Reset":
        sockets.reset(fault.a, fault.b)
        if (fault.b === "bank") bank.reset(fault.a)
        return () => {}
      case "Slow":
        network.slow(fault.factor)
        return () => network.slow(1)
      case "Loss":
        network.lose(fault.share)
        return () => network.lose(0)
      case "Power": {
        server.stop()
        world.note(DatabaseServer.host, `finds ${town.losePower(fault.keep)} commits gone`)
        return server.start
      }
      case "Full":
        server.fill(true)
        return () => server.fill(false)
      case "Statements":
        server.trouble(fault.trouble)
        return () => server.trouble(DatabaseServer.calm)
      case "Stale":
        server.age({ share: fault.share, millis: fault.age })
        return () => server.age(DatabaseServer.fresh)
      case "Provider":
        behave(fault.preset, fault.lost)
        return () => behave("healthy", 0)
    }
  }

  for (const fault of faults) {
    world.after(fault.at, () => {
      world.note("fault", Fault.text(fault))
      const end = begin(fault)
      const left = until - world.elapsed()
      world.after("millis" in fault ? Math.min(fault.millis, left) : left, end)
    })
  }
}
