/** The last minutes of several gateways, second by second, in memory. */
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import * as PulseSecond from "./PulseSecond.ts"

export class PulseRing extends Context.Tag("@saucier/assembly/PulseRing")<PulseRing, {
  /** Keeps what a gateway tells, and forgets what is too old by then. */
  readonly record: (gateway: string, seconds: ReadonlyArray<PulseSecond.PulseSecond>, now: number) => void
  /** The newest second that is known of a gateway, or 0. */
  readonly knownOf: (gateway: string) => number
  /** Every second after `after` and before `before`, the sum of all gateways, the oldest first. */
  readonly between: (after: number, before: number) => ReadonlyArray<PulseSecond.PulseSecond>
}>() {}

export const make = (): PulseRing["Type"] => {
  const gateways = new Map<string, ReadonlyMap<number, PulseSecond.PulseSecond>>()

  return {
    record: (gateway, seconds, now) => {
      const oldest = PulseSecond.secondOf(now) - PulseSecond.kept * 1000
      gateways.set(
        gateway,
        new Map([...gateways.get(gateway) ?? [], ...seconds.map((_) => [_.at, _] as const)])
      )
      for (const [name, known] of gateways) {
        const young = [...known].filter(([at]) => at > oldest)
        if (young.length === 0) gateways.delete(name)
        else gateways.set(name, new Map(young))
      }
    },
    knownOf: (gateway) => Math.max(0, ...gateways.get(gateway)?.keys() ?? []),
    between: (after, before) => {
      const all = [...gateways.values()]
      const first = Math.min(...all.flatMap((known) => [...known.keys()]))
      const from = Math.max(PulseSecond.secondOf(after) + 1000, first)
      const seconds: Array<PulseSecond.PulseSecond> = []
      for (let at = from; at < before; at += 1000) {
        seconds.push(PulseSecond.sum(at, all.flatMap((known) => known.get(at) ?? [])))
      }
      return seconds
    }
  }
}

export const layer: Layer.Layer<PulseRing> = Layer.sync(PulseRing, make)
