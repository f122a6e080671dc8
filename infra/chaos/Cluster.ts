/** A cluster under load and a seeded plan of trouble; then it heals, comes to rest, and every promise is checked. */
import * as Books from "@saucier/proof/Books"
import * as EventLog from "@saucier/proof/EventLog"
import * as Provider from "@saucier/proof/Provider"
import { round } from "@saucier/proof/Stats"
import * as Checks from "@saucier/simulation/Checks"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { because } from "../bench/Failure.ts"
import { print, save, table } from "../bench/Report.ts"
import * as Customers from "./Customers.ts"
import * as Faults from "./Faults.ts"
import * as World from "./World.ts"

const customers = 6

interface Struck {
  readonly kind: Faults.Class
  readonly what: string
  /** When it began, in milliseconds of the monotonic clock. */
  readonly at: number
}

const now = Effect.sync(() => performance.now())

const second = 1000

/** Until orders come in again, and for a second after that. */
const recovered = (people: Customers.Customers, since: number) =>
  Effect.repeat(Effect.delay(Effect.sync(() => people.toldAt.at(-1) ?? 0), "50 millis"), {
    until: (at) => at > since + second
  })

/** The longest time in which nobody was told of an order, from the beginning of each fault to that of the next; seconds. */
const silences = (struck: ReadonlyArray<Struck>, toldAt: ReadonlyArray<number>) =>
  struck.map(({ at, kind, what }, index) => {
    const until = struck[index + 1]?.at ?? Number.POSITIVE_INFINITY
    const moments = [at, ...toldAt.filter((told) => told > at && told < until)]
    const gaps = moments.slice(1).map((moment, before) => moment - (moments[before] ?? moment))
    return { kind, what, silence: Math.max(0, ...gaps) / second }
  })

/** Every class comes once before any comes again, in an order that the seed draws. */
const plan = (
  seed: number,
  world: World.World,
  people: Customers.Customers,
  until: number,
  happened: (what: string) => void
) =>
  Effect.gen(function*() {
    const struck: Array<Struck> = []
    while ((yield* now) < until) {
      for (const kind of yield* Random.shuffle(Faults.classes)) {
        if ((yield* now) >= until) break
        yield* Effect.sleep(yield* Random.nextIntBetween(1500, 4000))
        const fault = yield* Effect.either(Faults.draw(kind, world))
        if (fault._tag === "Left") continue
        happened(fault.right.what)
        const at = yield* now
        const chance = Random.make(`${seed} ${struck.length}`)
        const done = yield* Effect.either(Effect.withRandom(fault.right.act, chance))
        if (done._tag === "Left") {
          happened(`${fault.right.what} was not possible: ${done.left.message}`)
          continue
        }
        struck.push({ kind, what: fault.right.what, at })
        yield* recovered(people, yield* now)
      }
    }
    return struck
  }).pipe(Effect.withRandom(Random.make(seed)))

const heal = ({ base, control, ready }: World.World) =>
  Effect.gen(function*() {
    for (const service of ["order", "payment", "delivery", "dashboard", "gateway"]) {
      yield* Effect.retry(ready(service), { times: 5 })
      yield* Effect.ignore(control.start({ path: { service } }))
    }
    yield* Effect.retry(Provider.behave(base, "healthy"), { times: 20 })
  }).pipe(Effect.mapError(({ message }) => because(`The cluster does not heal: ${message}`)))

export const run = (minutes: number, seed: number, happened: (what: string) => void) =>
  Effect.gen(function*() {
    const world = yield* Effect.mapError(
      World.start({ counts: { order: 2 }, settings: { SAUCIER_PROVIDER_PRESET: "healthy" } }),
      ({ message }) => because(message)
    )
    const people = yield* Effect.withRandom(
      Customers.start(world.base, customers),
      Random.make(`${seed} customers`)
    )
    const until = (yield* now) + minutes * 60_000
    const struck = yield* plan(seed, world, people, until, happened)
    happened("healing")
    yield* heal(world)
    yield* people.stop
    const { complaints, seconds, ...counts } = yield* Books.settle(world.base, people.told)
    const evidence = yield* Effect.all({
      orders: EventLog.read(world.base, "order"),
      payments: EventLog.read(world.base, "payment"),
      deliveries: EventLog.read(world.base, "delivery"),
      ledger: Provider.ledger(world.base)
    })
    const history = people.operations()
    const silent = silences(struck, people.toldAt)
    const violations = Checks.violations({ ...evidence, history, readings: [] })
    yield* print(table(
      ["Fault", "How often", "Longest without an order, s"],
      Faults.classes.map((kind) => {
        const of = silent.filter((each) => each.kind === kind)
        return [kind, of.length, round(Math.max(0, ...of.map(({ silence }) => silence)))]
      })
    ))
    yield* print(table(["What", "How many"], [
      ["calls", history.length],
      ["… told", history.filter(({ outcome }) => outcome._tag === "Ok").length],
      ["orders", counts.orders],
      ["faults", struck.length],
      ["seconds from healing until the books agree", round(seconds)],
      ...Checks.all.map(({ name, promise }): [string, number] => [
        `violations: ${name} (${promise})`,
        violations.filter(({ check }) => check === name).length
      ]),
      ...complaints.map(([name, count]): [string, number] => [`FAULT: ${name}`, count])
    ]))
    for (const { check, detail, subject } of violations.slice(0, 20)) {
      yield* print(`✗ ${check}: ${subject}: ${detail}`)
    }
    yield* save("chaos-cluster.json", { seed, minutes, silent, counts, complaints, violations, seconds })
    const good = violations.length === 0 && complaints.length === 0
    yield* print(
      good ? `✓ nothing lost, nothing doubled (seed ${seed})` : `✗ a promise is broken (seed ${seed})`
    )
    return good
  })
