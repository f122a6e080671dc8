/**
 * Ten thousand orders while the provider changes its mood and both processes die by kill -9: afterwards the three books
 * must agree within a minute of healing. Never part of the tests: it takes minutes.
 */
import { Program } from "@saucier/proof/Program"
import * as Reconcile from "@saucier/proof/Reconcile"
import { round } from "@saucier/proof/Stats"
import * as Verdict from "@saucier/proof/Verdict"
import * as LoopbackPort from "@saucier/runtime/LoopbackPort"
import { SingleBar } from "cli-progress"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { because } from "../bench/Failure.ts"
import { print, save, table } from "../bench/Report.ts"
import { folder } from "../bench/Saucier.ts"
import * as Callers from "./Callers.ts"
import * as ChaosCluster from "./Cluster.ts"
import * as Party from "./Party.ts"
import * as Trouble from "./Trouble.ts"

const program = (path: string) => fileURLToPath(new URL(`../../apps/${path}`, import.meta.url))
const saucierProgram = program("saucier/bin/saucier.js")

const secret = "a-secret-that-both-sides-know"

const parties = Effect.gen(function*() {
  const data = yield* folder
  const [port, bankPort, controlPort] = [
    yield* LoopbackPort.free,
    yield* LoopbackPort.free,
    yield* LoopbackPort.free
  ]
  const at = (port: number) => new URL(`http://127.0.0.1:${port}`)
  const provider = yield* Party.make({
    name: "the provider",
    program: program("provider/bin/provider.js"),
    args: [],
    env: {
      SAUCIER_PROVIDER_HTTP_PORT: `${bankPort}`,
      SAUCIER_PROVIDER_CONTROL_PORT: `${controlPort}`,
      SAUCIER_PROVIDER_DATA_DIR: `${data}/provider`,
      SAUCIER_PROVIDER_PRESET: "instant",
      SAUCIER_PROVIDER_WEBHOOK_URL: `${at(port).href}webhooks/payments`,
      SAUCIER_PROVIDER_WEBHOOK_SECRET: secret
    },
    ready: new URL("/livez", at(controlPort))
  })
  const saucier = yield* Party.make({
    name: "Saucier",
    program: saucierProgram,
    args: ["start"],
    env: {
      SAUCIER_DATA_DIR: `${data}/saucier`,
      SAUCIER_HTTP_PORT: `${port}`,
      SAUCIER_PROVIDER_URL: at(bankPort).href,
      SAUCIER_PROVIDER_CONTROL_URL: at(controlPort).href,
      SAUCIER_WEBHOOK_SECRETS: secret
    },
    ready: new URL("/readyz", at(port))
  })
  return { provider, saucier, base: at(port), control: at(controlPort) }
})

const progress = (orders: number) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const bar = new SingleBar({
        format: "[{bar}] {value}/{total} orders · {duration_formatted} · {what}",
        barsize: 24,
        hideCursor: true,
        gracefulExit: false,
        etaBuffer: 100
      })
      bar.start(orders, 0, { what: "" })
      return bar
    }),
    (bar) => Effect.sync(() => bar.stop())
  )

const usage =
  `pnpm chaos --minutes 5 [--seed 1]            a cluster of processes, on a plan that the seed draws
pnpm chaos [--orders 10000] [--callers 32]   whole numbers above zero
pnpm chaos --calm seed                       no kills, one mood all the time: ${
    Array.from(new Set(Trouble.moods)).join(", ")
  }
One charge in a hundred loses its reply, whatever the mood.`

const main = Effect.scoped(Effect.gen(function*() {
  const { values } = parseArgs({
    options: {
      orders: { type: "string", default: "10000" },
      callers: { type: "string", default: "32" },
      calm: { type: "string" },
      minutes: { type: "string" },
      seed: { type: "string", default: "1" }
    }
  })
  if (values.minutes !== undefined) {
    const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
    if (!(minutes > 0 && minutes <= 600 && Number.isInteger(seed))) return yield* Effect.fail(because(usage))
    const since = performance.now()
    return yield* ChaosCluster.run(minutes, seed, (what) => {
      const seconds = Math.round((performance.now() - since) / 1000)
      process.stderr.write(`${seconds} s of ${Math.round(minutes * 60)}: ${what}\n`)
    })
  }
  const [orders, atOnce] = [Number(values.orders), Number(values.callers)]
  const calm = Trouble.moods.find((mood) => mood === values.calm)
  if (
    !(Number.isInteger(orders) && orders > 0 && Number.isInteger(atOnce) && atOnce > 0 &&
      calm === values.calm)
  ) {
    return yield* Effect.fail(because(usage))
  }
  const { base, control, provider, saucier } = yield* parties
  const since = performance.now()
  const told = yield* Effect.scoped(Effect.gen(function*() {
    const bar = yield* progress(orders)
    let done = 0
    let over = false
    const happened = (what: string) => {
      bar.update({ what })
      if (process.stderr.isTTY !== true) process.stderr.write(`${done}/${orders} ${what}\n`)
    }
    const callers = Callers.run(base, orders, atOnce, () => bar.update(++done)).pipe(
      Effect.ensuring(Effect.sync(() => over = true))
    )
    const trouble = calm === undefined
      ? Trouble.run([saucier, provider], control, happened, () => over)
      : Effect.asVoid(Trouble.behave(control, calm))
    const [told] = yield* Effect.all([callers, trouble], { concurrency: 2 })
    return told
  }))
  const seconds = (performance.now() - since) / 1000
  yield* Trouble.behave(control, "instant", 0)
  const healed = yield* Reconcile.untilClean(base.origin)
  const verdict = yield* Verdict.judge(base.origin, told.acknowledged)
  const { faults, settle, ...counts } = verdict
  const found = Object.values(faults).some((count) => count > 0)
  yield* print(table(["What", "How many"], [
    ["acknowledged", told.acknowledged.length],
    ...Object.entries(counts),
    ["kill -9 of Saucier", saucier.deaths()],
    ["kill -9 of the provider", provider.deaths()],
    ["seconds under trouble", round(seconds)],
    ["seconds from healing until reconcile is clean", healed.seconds === null ? -1 : round(healed.seconds)],
    ["unknown outcomes that became known", settle.known.count],
    ["… seconds, p50", round(settle.known.p50 / 1000, 2)],
    ["… seconds, p99", round(settle.known.p99 / 1000, 2)],
    ...Object.entries(told.answers).map(([name, count]): [string, number] => [`answer ${name}`, count]),
    ...Object.entries(faults).map(([name, count]): [string, number] => [`FAULT: ${name}`, count])
  ]))
  yield* save("chaos.json", {
    asked: orders,
    callers: atOnce,
    answers: told.answers,
    ...counts,
    faults,
    settle,
    healed,
    seconds
  })
  const good = !found && healed.seconds !== null && healed.seconds <= 60
  yield* print(good ? "✓ nothing lost, nothing doubled" : "✗ a promise is broken")
  return good
}))

const fiber = Effect.runFork(Effect.provideService(main, Program, saucierProgram))
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => Effect.runFork(Fiber.interrupt(fiber)))
}
fiber.addObserver((exit) => {
  if (exit._tag === "Failure") {
    const why = Option.match(Cause.failureOption(exit.cause), {
      onNone: () => Cause.pretty(exit.cause),
      onSome: ({ message }) => message
    })
    process.stderr.write(`${why}\n`)
  }
  process.exit(exit._tag === "Success" && exit.value ? 0 : 1)
})
