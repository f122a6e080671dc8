/**
 * What lies between hosts, as TCP shows it: what was sent arrives in order or not at all, and a line that is cut holds it
 * back until it is healed. Who waits too long hangs up.
 */
import type { World } from "./World.ts"

export interface Network {
  /** A line has one order, whatever goes over it at the same time by others does not wait for it. */
  readonly line: (from: string, to: string) => (deliver: () => void) => void
  /** Nothing passes between the two, either way. */
  readonly cut: (a: string, b: string) => void
  readonly heal: (a: string, b: string) => void
  readonly isCut: (a: string, b: string) => boolean
  /** How many times as slow as on a good day. */
  readonly slow: (factor: number) => void
  /** Which share of what is sent has to be sent again. */
  readonly lose: (share: number) => void
}

const pair = (a: string, b: string) => a < b ? `${a} ${b}` : `${b} ${a}`

/** A lost packet is sent again after so many milliseconds, then after so many more. */
const again = [200, 400, 800, 1600, 3200]

/** Milliseconds within which a healed line is found to be so. */
const probe = 200

export const make = (world: World): Network => {
  const chance = world.chance("network")
  const held = new Map<string, Array<() => void>>()
  let factor = 1
  let lost = 0

  const latency = () => {
    let millis = (chance.next() * chance.next() * 4 + 0.2) * factor
    for (const wait of again) {
      if (lost === 0 || !chance.happens(lost)) break
      millis += wait
    }
    return millis
  }

  return {
    line: (from, to) => {
      const hosts = pair(from, to)
      const waiting: Array<() => void> = []
      let free = 0
      const arrive = () => {
        const holding = held.get(hosts)
        if (holding === undefined) waiting.shift()?.()
        else holding.push(arrive)
      }
      return (deliver) => {
        waiting.push(deliver)
        free = Math.max(free, world.elapsed() + latency())
        world.after(free - world.elapsed(), arrive)
      }
    },
    cut: (a, b) => {
      if (!held.has(pair(a, b))) held.set(pair(a, b), [])
    },
    heal: (a, b) => {
      const holding = held.get(pair(a, b)) ?? []
      held.delete(pair(a, b))
      for (const arrive of holding) world.after(chance.between(0, probe), arrive)
    },
    isCut: (a, b) => held.has(pair(a, b)),
    slow: (by) => {
      factor = by
    },
    lose: (share) => {
      lost = share
    }
  }
}
