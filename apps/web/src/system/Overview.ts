/** What the system's page shows, put together from what each process tells of itself. */
import type { Facts, Runner, System } from "../api/Systems.ts"

/** One process, however many contexts it has shards of; `facts` is null while it does not answer. */
export interface Process {
  readonly address: string | null
  readonly facts: Facts | null
  readonly shards: ReadonlyArray<{ readonly context: string; readonly count: number }>
}

export interface Feed {
  readonly name: string
  readonly process: string
  readonly lag: number | null
  readonly parked: number
  readonly events: number
}

const byAddress = (runners: ReadonlyArray<Runner>): ReadonlyMap<string, ReadonlyArray<Runner>> => {
  const found = new Map<string, Array<Runner>>()
  for (const runner of runners) found.set(runner.runner, [...found.get(runner.runner) ?? [], runner])
  return found
}

/** The gateway first; it is one of the runners where all is in one process. */
export const processesOf = ({ gateway, runners }: System): ReadonlyArray<Process> => {
  const hosts = Array.from(byAddress(runners), ([address, its]): Process => ({
    address,
    facts: its.find(({ facts }) => facts !== null)?.facts ?? null,
    shards: its.map(({ context, shards }) => ({ context, count: shards }))
  }))
  return hosts.some(({ facts }) => facts?.process === gateway.process)
    ? hosts
    : [{ address: null, facts: gateway, shards: [] }, ...hosts]
}

/** The runners in a steady order, so that each keeps its colour while others come and go after it. */
export const addressesOf = ({ shards }: System): ReadonlyArray<string> =>
  [...new Set(shards.flatMap((group) => group.shards.flatMap((runner) => runner ?? [])))].sort()

/** Each subscription once: where it runs, or where it was heard of last. */
export const feedsOf = (processes: ReadonlyArray<Process>): ReadonlyArray<Feed> => {
  const feeds = new Map<string, Feed>()
  for (const { facts } of processes) {
    for (const { name, ...rest } of facts?.subscriptions ?? []) {
      const known = feeds.get(name)
      if (known === undefined || (known.lag === null && rest.lag !== null)) {
        feeds.set(name, { name, process: facts?.process ?? "", ...rest })
      }
    }
  }
  return [...feeds.values()].sort((a, b) => a.name.localeCompare(b.name))
}
