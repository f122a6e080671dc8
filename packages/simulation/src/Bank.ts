/** The payment provider: the stand-in with its presets and its own books, a party on the other side of the network. */
import type { RecordedEvent } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as EventStoreMemory from "@saucier/eventsourcing/EventStoreMemory"
import {
  PaymentProvider,
  type ProviderFailure,
  ProviderRefused,
  ProviderSilent
} from "@saucier/payment/PaymentProvider"
import type { ProviderEvent } from "@saucier/payment/ProviderEvent"
import type { LedgerLine } from "@saucier/payment/ProviderLedger"
import { type Preset, ProviderPresets } from "@saucier/payment/ProviderPresets"
import { keyOf, ledgerCodec } from "@saucier/provider/Ledger"
import { typeOf } from "@saucier/provider/LedgerPages"
import * as Presets from "@saucier/provider/Presets"
import { ProviderWebhooks } from "@saucier/provider/ProviderWebhooks"
import * as StandIn from "@saucier/provider/StandIn"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as FiberSet from "effect/FiberSet"
import * as Layer from "effect/Layer"
import type { Network } from "./Network.ts"
import { hostOf } from "./Sockets.ts"
import type { World } from "./World.ts"

type Provider = PaymentProvider["Type"]

export interface Bank {
  /** The provider as a process sees it: over the network, and sometimes not at all. */
  readonly seenBy: (process: string) => Provider
  readonly behave: (preset: Preset, lostReplyRate: number) => void
  /** Breaks the connections of a host under its requests. */
  readonly reset: (host: string) => void
  /** A host without a way to the bank, which knows that at once and is refused. */
  readonly strand: (host: string, stranded: boolean) => void
  readonly ledger: () => ReadonlyArray<LedgerLine>
}

export const host = "bank"

/** Milliseconds until a connection that does not come about is given up. */
const connectTimeout = 1000

const linesOf = (recorded: RecordedEvent): ReadonlyArray<LedgerLine> =>
  Either.match(ledgerCodec.decode(recorded), {
    onLeft: () => [],
    onRight: (event) => [{
      key: keyOf(recorded.streamId),
      orderId: "orderId" in event ? event.orderId : null,
      type: typeOf[event._tag],
      amount: "amount" in event ? event.amount : null,
      at: event.at
    }]
  })

/** `told` hears the provider's webhooks. */
export const make = (world: World, network: Network, told: (event: ProviderEvent) => void): Bank => {
  const chance = world.chance("bank's lines")
  const stranded = new Set<string>()
  const pending = new Set<{ readonly host: string; readonly break: () => void }>()
  let ledger: ReadonlyArray<LedgerLine> = []
  let open: Provider | undefined
  let behave: (preset: Preset, lostReplyRate: number) => void = () => {}
  let fork: (work: Effect.Effect<void>) => void = () => {}

  const books = Layer.effect(
    EventStore,
    Effect.map(EventStore, (store) =>
      EventStore.of({
        ...store,
        append: (append) =>
          Effect.tap(store.append(append), ({ events, repeated }) => {
            if (!repeated) ledger = [...ledger, ...events.flatMap(linesOf)]
            return Effect.void
          })
      }))
  ).pipe(Layer.provide(EventStoreMemory.layer("bank")))

  const webhooks = Layer.succeed(ProviderWebhooks, { send: (event) => Effect.sync(() => told(event)) })

  const serving = Effect.gen(function*() {
    const provider = yield* PaymentProvider
    const presets = yield* ProviderPresets
    const run = yield* FiberSet.makeRuntime<never>()
    fork = (work) => void run(work)
    behave = (preset, lostReplyRate) => fork(Effect.ignore(presets.set({ preset, lostReplyRate })))
    open = provider
    return yield* Effect.never
  }).pipe(
    Effect.scoped,
    Effect.provide(Layer.provide(StandIn.layer, [books, webhooks])),
    Effect.provide(Presets.layer("healthy"))
  )
  world.start(host, serving)

  const over = (process: string) =>
  <A>(
    what: string,
    use: (provider: Provider) => Effect.Effect<A, ProviderFailure>
  ): Effect.Effect<A, ProviderFailure> =>
    Effect.async((resume) => {
      const own = hostOf(process)
      let waiting = true
      const entry = { host: own, break: () => settle(silent) }
      const settle = (result: Effect.Effect<A, ProviderFailure>) => {
        pending.delete(entry)
        if (waiting) resume(result)
        waiting = false
      }
      const provider = open
      if (stranded.has(own)) return settle(refused)
      if (provider === undefined || (network.isCut(own, host) && chance.happens(0.5))) {
        world.after(connectTimeout, () => settle(refused))
      } else {
        pending.add(entry)
        const back = network.line(host, own)
        world.note(process, what, host)
        network.line(own, host)(() =>
          fork(Effect.map(Effect.exit(use(provider)), (exit) => {
            world.note(host, `${what}: ${Exit.isSuccess(exit) ? "done" : "refused or silent"}`, process)
            back(() => settle(exit))
          }))
        )
      }
      return Effect.sync(() => {
        waiting = false
        pending.delete(entry)
      })
    })

  return {
    seenBy: (process) => {
      const ask = over(process)
      return PaymentProvider.of({
        charge: (charge) => ask(`charge ${charge.key}`, (provider) => provider.charge(charge)),
        inquire: (key) => ask(`inquire ${key}`, (provider) => provider.inquire(key)),
        void: (key) => ask(`void ${key}`, (provider) => provider.void(key)),
        refund: (key) => ask(`refund ${key}`, (provider) => provider.refund(key))
      })
    },
    behave: (preset, lostReplyRate) => behave(preset, lostReplyRate),
    reset: (broken) => {
      for (const { break: end, host } of pending) if (host === broken) end()
    },
    strand: (host, now) => void (now ? stranded.add(host) : stranded.delete(host)),
    ledger: () => ledger
  }
}

const silent = new ProviderSilent({ detail: "the connection broke" })
const refused = new ProviderRefused({ detail: "no connection" })
