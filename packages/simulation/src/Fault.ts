/** What may go wrong in a simulated world, as a plan that is drawn before it begins: each line can be left out. */
import type { Preset } from "@saucier/payment/ProviderPresets"
import type { Chance } from "./Chance.ts"
import type { Trouble } from "./DatabaseServer.ts"

/**
 * `at` and `millis` are in milliseconds; `host` may be any that runs a process of Saucier. What strikes `inDoubt` waits
 * until the process has committed something and not heard of it. A `Sleeper` is paused in doubt for so long that another
 * takes its place, and its gateway, if it has one, is cut off from the database and does not hear of that. It falls asleep
 * over the beginning of an order or a payment, or over anything; one that is `stranded` wakes without a way to the bank,
 * often while a slow bank is still at what its successor has asked for.
 */
export type Fault =
  & { readonly at: number }
  & (
    | { readonly _tag: "Kill"; readonly host: string; readonly millis: number; readonly inDoubt: boolean }
    | { readonly _tag: "Pause"; readonly host: string; readonly millis: number; readonly inDoubt: boolean }
    | {
      readonly _tag: "Sleeper"
      readonly host: string
      readonly over: "order" | "payment" | null
      readonly gateway: string | null
      readonly stranded: boolean
      readonly slowBank: boolean
      readonly millis: number
    }
    | { readonly _tag: "Replace"; readonly host: string }
    | { readonly _tag: "Cut"; readonly a: string; readonly b: string; readonly millis: number }
    | { readonly _tag: "Reset"; readonly a: string; readonly b: string }
    | { readonly _tag: "Slow"; readonly factor: number; readonly millis: number }
    | { readonly _tag: "Loss"; readonly share: number; readonly millis: number }
    | { readonly _tag: "Power"; readonly keep: number; readonly millis: number }
    | { readonly _tag: "Full"; readonly millis: number }
    | { readonly _tag: "Statements"; readonly trouble: Trouble; readonly millis: number }
    | {
      readonly _tag: "Stale"
      readonly share: number
      /** How old the data are that such a read is answered from, in milliseconds. */
      readonly age: number
      readonly millis: number
    }
    | {
      readonly _tag: "Provider"
      readonly preset: Preset
      /** Of how many charges the reply is lost. */
      readonly lost: number
      readonly millis: number
    }
  )

type Class = Fault["_tag"]

const classes: readonly [Class, ...ReadonlyArray<Class>] = [
  "Kill",
  "Pause",
  "Sleeper",
  "Replace",
  "Cut",
  "Reset",
  "Slow",
  "Loss",
  "Power",
  "Full",
  "Statements",
  "Stale",
  "Provider"
]

/** What most is to be learnt from comes twice. */
const moods: readonly [Preset, ...ReadonlyArray<Preset>] = [
  "lost-reply",
  "lost-reply",
  "down",
  "down",
  "slow",
  "hang",
  "decline",
  "brownout",
  "duplicate-webhook"
]

/** In how many worlds a class of faults is possible at all. */
const shareOf = (of: Class) => of === "Provider" || of === "Sleeper" ? 0.6 : 0.4

export interface Parties {
  readonly runners: readonly [string, ...ReadonlyArray<string>]
  readonly gateways: readonly [string, ...ReadonlyArray<string>]
  /** Who hosts orders, and who payments, where others do so too. */
  readonly beginners: ReadonlyArray<readonly [host: string, of: "order" | "payment"]>
  /** Milliseconds after which another takes the place of one that is silent. */
  readonly lockExpiration: number
  readonly database: string
  readonly bank: string
}

const one = (of: Class, at: number, parties: Parties, chance: Chance): Fault => {
  const runner = chance.pick(parties.runners)
  const any = chance.happens(0.8) ? runner : chance.pick(parties.gateways)
  const [a, b] = chance.pick([
    [runner, parties.database],
    [runner, parties.bank],
    [runner, chance.pick(parties.runners)],
    [chance.pick(parties.gateways), runner],
    [chance.pick(parties.gateways), parties.database]
  ])
  switch (of) {
    case "Kill":
      return { _tag: of, at, host: any, millis: chance.between(100, 6000), inDoubt: chance.happens(0.4) }
    case "Pause":
      return {
        _tag: of,
        at,
        host: any,
        millis: chance.pick([300, 2000, 9000, 13_000, 20_000]),
        inDoubt: chance.happens(0.4)
      }
    case "Sleeper": {
      const anything = [runner, null] as const
      const [host, over] = chance.happens(0.85)
        ? chance.pick<readonly [string, "order" | "payment" | null]>([anything, ...parties.beginners])
        : anything
      const stranded = chance.happens(0.7)
      return {
        _tag: of,
        at: 1000 + Math.round(at / 4),
        host,
        over,
        gateway: chance.happens(0.4) ? chance.pick(parties.gateways) : null,
        stranded,
        slowBank: stranded && chance.happens(0.7),
        millis: parties.lockExpiration + chance.between(600, 2600)
      }
    }
    case "Replace":
      return { _tag: of, at, host: any }
    case "Cut":
      return { _tag: of, at, a, b, millis: chance.between(200, 15_000) }
    case "Reset":
      return { _tag: of, at, a, b }
    case "Slow":
      return { _tag: of, at, factor: chance.between(5, 100), millis: chance.between(500, 8000) }
    case "Loss":
      return { _tag: of, at, share: chance.next() * 0.3, millis: chance.between(500, 8000) }
    case "Power":
      return { _tag: of, at, keep: chance.next(), millis: chance.between(50, 4000) }
    case "Full":
      return { _tag: of, at, millis: chance.between(500, 6000) }
    case "Statements": {
      const rate = () => chance.happens(0.7) ? chance.next() * 0.2 : 0
      return {
        _tag: of,
        at,
        trouble: { failsBefore: rate(), failsAfter: rate(), slow: rate() },
        millis: chance.between(1000, 15_000)
      }
    }
    case "Stale":
      return {
        _tag: of,
        at,
        share: chance.next(),
        age: chance.pick([50, 300, 2000, 6000]),
        millis: chance.between(1000, 15_000)
      }
    case "Provider":
      return {
        _tag: of,
        at,
        preset: chance.pick(moods),
        lost: chance.happens(0.3) ? chance.next() * 0.5 : 0,
        millis: chance.between(1000, 20_000)
      }
  }
}

/** A seed picks some classes of faults and how many of them there are; a day without any is a seed like others. */
export const plan = (chance: Chance, parties: Parties, until: number): ReadonlyArray<Fault> => {
  const possible = classes.filter((of) => chance.happens(shareOf(of)))
  const [first, ...others] = possible
  if (first === undefined) return []
  return Array.from(
    { length: chance.between(1, 14) },
    () => one(chance.pick([first, ...others]), chance.between(500, until), parties, chance)
  ).sort((a, b) => a.at - b.at)
}

export const text = (fault: Fault): string => {
  const { _tag, at, ...rest } = fault
  return `${at} ms ${_tag} ${JSON.stringify(rest)}`
}
