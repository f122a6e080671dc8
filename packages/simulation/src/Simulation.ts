/** One seed: a town with its people, a bad time, healing, rest, and what the checks say of it. */
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import * as Effect from "effect/Effect"
import * as Bank from "./Bank.ts"
import * as Board from "./Board.ts"
import { deliveries } from "./CheckDeliveries.ts"
import { liveness } from "./CheckLiveness.ts"
import { charges, refunds } from "./CheckMoney.ts"
import { readings } from "./CheckReadings.ts"
import * as Checks from "./Checks.ts"
import * as Convergence from "./Convergence.ts"
import * as Damage from "./Damage.ts"
import * as DatabaseServer from "./DatabaseServer.ts"
import { type Evidence, subjectOf } from "./Evidence.ts"
import * as Fault from "./Fault.ts"
import * as HistoryRecorder from "./HistoryRecorder.ts"
import * as People from "./People.ts"
import * as Reader from "./Reader.ts"
import * as Sometimes from "./Sometimes.ts"
import * as Town from "./Town.ts"
import type { Note } from "./Trace.ts"
import type { Violation } from "./Violation.ts"
import * as World from "./World.ts"

export interface Result {
  readonly seed: number
  readonly hash: string
  readonly steps: number
  /** Milliseconds that passed in the world, and from healing until all books agreed. */
  readonly simulated: number
  readonly settled: number
  readonly faults: ReadonlyArray<Fault.Fault>
  readonly counts: ReadonlyMap<string, number>
  readonly notes: ReadonlyArray<Note>
  readonly evidence: Evidence
  readonly violations: ReadonlyArray<Violation>
}

export interface Options {
  /** Leaves out the faults at these places of the seed's plan. */
  readonly without?: ReadonlySet<number>
  /** An empty folder for SQLite files that all is kept in, in the place of the tables at a server. */
  readonly folder?: string | undefined
}

/** Milliseconds in which the promises give an order time to come to its end after healing. */
const rest = 60_000

/** How often somebody orders in vain, once a second and more, before it is held against Saucier. */
const tries = 40

const errand = {
  goods: { branchId: BranchId.make("99"), sauceId: SauceId.make("1"), quantity: Quantity.make(1) },
  price: { amount: MinorUnits.make(1000), currency: "KRW" },
  key: "auditor"
} as const

const atRest = [charges, deliveries, refunds, liveness, readings]

export const run = (seed: number, { folder, without = new Set() }: Options = {}): Result => {
  const world = World.make(seed)
  const counts = new Map<string, number>()
  const count = (path: string) => void counts.set(path, (counts.get(path) ?? 0) + 1)
  const chance = world.chance("day")
  const during = chance.between(5000, 30_000)
  const town = Town.make(world, count, folder)
  const { bank, beginners, books, doors, gateways, lockExpiration, runners, server } = town
  const history = HistoryRecorder.make()

  const faults = Fault.plan(
    world.chance("faults"),
    { runners, beginners, gateways, lockExpiration, database: DatabaseServer.host, bank: Bank.host },
    during
  )
  const losePower = (keep: number) => {
    const lost = town.losePower(keep)
    if (lost > 0) count("power takes commits with it")
    return lost
  }
  Damage.plan({ ...town, losePower }, faults.filter((_, index) => !without.has(index)), during)

  const received: Array<string> = []
  world.start(
    "reader",
    Effect.provide(
      Reader.follow(world, (position) => received.push(position)),
      books.order.reading
    )
  )

  const logOf = (context: "order" | "payment" | "delivery") => books[context].log()
  const places = () => new Map(logOf("order").map(({ position }, index) => [String(position), index + 1]))
  const evidence = (): Evidence => {
    const placeOf = places()
    return {
      history: history.operations(),
      orders: logOf("order"),
      payments: logOf("payment"),
      deliveries: logOf("delivery"),
      ledger: bank.ledger(),
      whole: true,
      readStale: new Set(
        Array.from(books.order.readStale()).flatMap((streamId) =>
          streamId.startsWith("order-") ? [streamId.slice("order-".length)] : []
        )
      ),
      readings: [{
        reader: "reader",
        from: 0,
        received: received.map((position) => placeOf.get(position) ?? 0),
        log: placeOf.size
      }]
    }
  }
  const board = () =>
    Convergence.violations(
      { orders: logOf("order"), payments: logOf("payment"), deliveries: logOf("delivery") },
      books.dashboard.rows(Board.table)
    )
  const open = () => {
    const now = evidence()
    return atRest.some((check) => check.violations(now).length > 0) || board().length > 0
  }

  /** Looks at every order once more, as a client would. */
  const audit = Effect.suspend(() => {
    const ids = new Set(
      logOf("order").flatMap(({ streamId }) =>
        streamId.startsWith("order-") ? [streamId.slice("order-".length)] : []
      )
    )
    return Effect.forEach(ids, (id) => {
      const orderId = Ids.orderId(subjectOf(id))
      return history.record(
        "auditor",
        { _tag: "Read", orderId },
        doors.ask(gateways[0], (gateway) => gateway.read(orderId)),
        () => undefined
      )
    }, { concurrency: 8, discard: true })
  })

  /** Somebody orders when all is well again: a Saucier that serves nobody would break no other promise. */
  const order = (left: number): Effect.Effect<boolean> =>
    Effect.suspend(() =>
      history.record(
        "auditor",
        { _tag: "Place", key: "auditor", request: "1 for 1000" },
        doors.ask(gateways[0], (gateway) => gateway.place(errand)),
        () => undefined
      )
    ).pipe(
      Effect.flatMap((outcome) => {
        const done = outcome._tag === "Ok" && outcome.seen.status !== "Rejected"
        return done || left === 0 ? Effect.succeed(done) : Effect.delay(order(left - 1), "1 second")
      })
    )

  let over = false
  let served = false
  let settled = 0
  const day = Effect.gen(function*() {
    yield* People.run({ world, doors, history, gateways, clients: chance.between(2, 6), during })
    yield* Effect.sleep(Math.max(0, during + 200 - world.elapsed()))
    server.trouble(DatabaseServer.calm)
    server.age(DatabaseServer.fresh)
    const healed = world.elapsed()
    served = yield* order(tries)
    while (open() && world.elapsed() - healed < rest) yield* Effect.sleep(1000)
    settled = world.elapsed() - healed
    yield* audit
  })
  world.start(
    "people",
    Effect.ensuring(
      day,
      Effect.sync(() => {
        over = true
      })
    )
  )
  world.run(() => over, during + rest + 120_000)

  if (folder !== undefined) town.close()
  const found = evidence()
  Sometimes.look(found, count)
  return {
    seed,
    hash: world.trace.hash(),
    steps: world.steps(),
    simulated: world.elapsed(),
    settled,
    faults,
    counts,
    notes: world.trace.notes(),
    evidence: found,
    violations: [
      ...Checks.violations(found),
      ...board(),
      ...town.trials.violations(),
      ...(served
        ? []
        : [{ check: "service", subject: "the world", detail: "nobody could order when all was well" }]),
      ...(over ? [] : [{ check: "end", subject: "the world", detail: "nobody came to the end of the day" }])
    ]
  }
}
