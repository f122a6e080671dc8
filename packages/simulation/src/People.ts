/**
 * Simulated branches, a clerk and a dispatcher: they order, tap twice, ask again, use a key for something else, lose their
 * patience, find on the board what nobody told them, look, cancel, and send parcels off.
 */
import type { OrderFacets } from "@saucier/dashboard/OrderFacets"
import type { DeliveryStep } from "@saucier/delivery/Delivery"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import type { OrderId } from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import * as Effect from "effect/Effect"
import type { Chance } from "./Chance.ts"
import * as Doors from "./Doors.ts"
import type { Outcome } from "./History.ts"
import type { HistoryRecorder } from "./HistoryRecorder.ts"
import type { World } from "./World.ts"

export interface Options {
  readonly world: World
  readonly doors: Doors.Doors
  readonly history: HistoryRecorder
  readonly gateways: readonly [string, ...ReadonlyArray<string>]
  readonly clients: number
  /** Milliseconds for which they ask for new things. */
  readonly during: number
}

const certain: ReadonlySet<string> = new Set(["OrderNotFound", "OrderConflict", "IdempotencyKeyReused"])

const isWaiting = ({ orderStatus }: OrderFacets) =>
  orderStatus === "Registered" || orderStatus === "PaymentPending"

const judge = ({ _tag }: { readonly _tag: string }) => certain.has(_tag) ? _tag : undefined

const text = (outcome: Outcome) => {
  switch (outcome._tag) {
    case "Ok":
      return `${outcome.seen.orderId} is ${outcome.seen.status}, version ${outcome.seen.version}`
    case "Failed":
      return outcome.code
    case "Unknown":
      return "no answer"
  }
}

export const run = ({ clients, doors, during, gateways, history, world }: Options) => {
  /** Orders that anybody has been told of. */
  const known: Array<OrderId> = []

  /** Those that were shown as cancelled: few cancel one of them again. */
  const cancelled = new Set<OrderId>()

  const learn = (orderId: OrderId) => {
    if (!known.includes(orderId)) known.push(orderId)
  }

  const told = (client: string, what: string) => (outcome: Outcome) =>
    Effect.sync(() => {
      world.note(client, `${what}: ${text(outcome)}`)
      if (outcome._tag === "Ok") {
        learn(outcome.seen.orderId)
        if (outcome.seen.status === "Cancelled") cancelled.add(outcome.seen.orderId)
      }
      return outcome
    })

  const cancelBy = (client: string, chance: Chance) => (orderId: OrderId) =>
    Effect.suspend(() =>
      history.record(
        client,
        { _tag: "Cancel", orderId },
        doors.ask(chance.pick(gateways), (gateway) => gateway.cancel(orderId)),
        judge
      )
    ).pipe(Effect.flatMap(told(client, `cancels ${orderId}`)), Effect.asVoid)

  const branch = (n: number) => {
    const client = `branch-${n}`
    const branchId = BranchId.make(`${n}`)
    const chance = world.chance(client)
    const patience = chance.pick([1500, 4000, Doors.longest])
    let orders = 0

    const tap = (key: string | null, quantity: number) => {
      const goods = {
        branchId,
        sauceId: SauceId.make("1"),
        quantity: Quantity.make(quantity)
      }
      const price = { amount: MinorUnits.make(quantity * 1000), currency: "KRW" as const }
      return Effect.suspend(() =>
        history.record(
          client,
          { _tag: "Place", key, request: `${quantity} for ${price.amount}` },
          doors.ask(chance.pick(gateways), (gateway) => gateway.place({ goods, key, price }), patience),
          judge
        )
      ).pipe(Effect.flatMap(told(client, `orders ${quantity}${key === null ? "" : ` with key ${key}`}`)))
    }

    const cancel = cancelBy(client, chance)

    /** The newest order of this branch on the board that waits for its payment. */
    const look = Effect.suspend(() => doors.ask(chance.pick(gateways), (gateway) => gateway.board, patience))
      .pipe(
        Effect.map((rows) => {
          const own = rows.filter((row) => row.branchId === branchId)
          for (const { orderId } of own) learn(orderId)
          return own.findLast(isWaiting)?.orderId
        }),
        Effect.orElseSucceed(() => undefined)
      )

    /** Who was not told what became of his order finds it on the board, and does not want it any more. */
    const giveUp = Effect.flatMap(look, (orderId) => orderId === undefined ? Effect.void : cancel(orderId))

    /** Who has no answer asks again or gives up; who is told to wait does not always do so. */
    const insist = (key: string, quantity: number, times: number): Effect.Effect<void> =>
      Effect.flatMap(tap(key, quantity), (outcome) => {
        if (outcome._tag === "Failed") return Effect.void
        if (outcome._tag === "Unknown" && chance.happens(0.4)) return giveUp
        if (outcome._tag === "Ok" && outcome.seen.status === "PaymentPending" && chance.happens(0.2)) {
          return Effect.delay(cancel(outcome.seen.orderId), chance.between(10, 4000))
        }
        const again = outcome._tag === "Unknown" ||
          (outcome.seen.status === "Rejected" && chance.happens(0.5))
        return again && times > 0
          ? Effect.delay(insist(key, quantity, times - 1), chance.between(10, 3000))
          : Effect.void
      })

    /** One of his keys, and another request than he has made with it. */
    const reuse = (key: string, quantity: number) =>
      Effect.suspend(() => insist(key, quantity + chance.between(1, 5), 1)).pipe(
        Effect.delay(chance.happens(0.5) ? chance.between(0, 50) : chance.between(0, 4000))
      )

    const order = Effect.suspend(() => {
      const key = `${client}/${orders++}`
      const quantity = chance.between(1, 20)
      if (chance.happens(0.1)) return Effect.asVoid(tap(null, quantity))
      if (chance.happens(0.1)) {
        return Effect.all([insist(key, quantity, 4), reuse(key, quantity)], { concurrency: 2, discard: true })
      }
      if (chance.happens(0.15)) {
        return Effect.all([
          insist(key, quantity, 3),
          Effect.delay(insist(key, quantity, 3), chance.between(0, 50))
        ], {
          concurrency: 2,
          discard: true
        })
      }
      return insist(key, quantity, 4)
    })

    const read = (orderId: OrderId) =>
      history.record(
        client,
        { _tag: "Read", orderId },
        doors.ask(chance.pick(gateways), (gateway) => gateway.read(orderId)),
        judge
      ).pipe(Effect.flatMap(told(client, `reads ${orderId}`)))

    const step = Effect.suspend((): Effect.Effect<unknown> => {
      const some = recent(known, chance)
      if (some === undefined || chance.happens(0.5)) return order
      if (chance.happens(0.2)) return look
      if (chance.happens(0.6)) return read(some)
      return cancelled.has(some) && chance.happens(0.8) ? read(some) : cancel(some)
    })
    return Effect.repeat(
      Effect.zipRight(step, Effect.suspend(() => Effect.sleep(chance.between(5, 1500)))),
      { while: () => world.elapsed() < during }
    )
  }

  const dispatcher = Effect.suspend(() => {
    const chance = world.chance("dispatcher")
    const report = (order: OrderId, ...steps: ReadonlyArray<DeliveryStep>) =>
      Effect.forEach(
        steps,
        (step) => Effect.ignore(doors.ask(chance.pick(gateways), (gateway) => gateway.advance(order, step))),
        { discard: true }
      )
    const step = Effect.suspend(() => {
      const some = recent(known, chance)
      if (some === undefined) return Effect.void
      if (chance.happens(0.1)) return report(some, "Dispatched", "Failed", "Returned")
      return report(some, chance.pick<DeliveryStep>(["Dispatched", "Dispatched", "Delivered", "Failed"]))
    })
    return Effect.repeat(
      Effect.zipRight(step, Effect.suspend(() => Effect.sleep(chance.between(100, 1500)))),
      { while: () => world.elapsed() < during }
    )
  })

  /** Keeps to the rule of the house that nothing waits for its payment. */
  const clerk = Effect.suspend(() => {
    const chance = world.chance("clerk")
    const cancel = cancelBy("clerk", chance)
    const tried = new Set<OrderId>()
    const step = Effect.suspend(() => doors.ask(chance.pick(gateways), (gateway) => gateway.board, 1500))
      .pipe(
        Effect.map((rows) => rows.filter((row) => isWaiting(row) && !tried.has(row.orderId))),
        Effect.orElseSucceed((): ReadonlyArray<OrderFacets> => []),
        Effect.flatMap(
          Effect.forEach(({ orderId }) => {
            tried.add(orderId)
            return Effect.fork(cancel(orderId))
          })
        )
      )
    return chance.happens(0.3) ? Effect.void : Effect.repeat(
      Effect.zipRight(step, Effect.suspend(() => Effect.sleep(chance.between(200, 1500)))),
      { while: () => world.elapsed() < during }
    )
  })

  return Effect.all(
    [dispatcher, clerk, ...Array.from({ length: clients }, (_, index) => branch(index + 1))],
    { concurrency: "unbounded", discard: true }
  )
}

/** Rather one of the last than of the first. */
const recent = (known: ReadonlyArray<OrderId>, chance: Chance) =>
  known.at(-1 - Math.floor(chance.next() ** 3 * known.length))
