/** How long a supervisor waits before it starts a process again. */
import { assert, describe, it } from "@effect/vitest"
import type { News } from "@saucier/app-saucier/SupervisorNews"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as ToyCluster from "./ToyCluster.ts"
import { temporaryFolder } from "./World.ts"

const opened = (toy: ToyCluster.Toy) =>
  Effect.gen(function*() {
    const pauses: Array<number> = []
    const tell = (one: News) => {
      if (one._tag === "Ended") pauses.push(one.againMillis)
    }
    return { pauses, ...(yield* ToyCluster.open(yield* temporaryFolder, [toy], tell)) }
  })

/** Each a quarter more or less. */
const assertAbout = (pauses: ReadonlyArray<number>, expected: ReadonlyArray<number>) =>
  assert.isTrue(
    expected.every((pause, nth) => Math.abs((pauses[nth] ?? 0) / pause - 1) <= 0.25),
    `${pauses.join()}, but expected ${expected.join()}`
  )

/** The pauses of a process that ends at once, again and again. */
const ofOneThatExits = (exit: number, times: number) =>
  Effect.gen(function*() {
    const { client, pauses, supervisor } = yield* opened({ name: "toy", exit })
    const fiber = yield* Effect.fork(supervisor.start)
    yield* ToyCluster.until(client, "toy", 1, (one) => one.restarts === times)
    yield* Fiber.interrupt(fiber)
    return pauses
  })

describe("a process that ended is started again", () => {
  it.scopedLive("after a pause that grows each time that it did not stay", () =>
    Effect.map(ofOneThatExits(1, 5), (pauses) => assertAbout(pauses, [50, 100, 200, 400, 800])))

  it.scopedLive("after a pause that stays short when it was ready before it ended", () =>
    Effect.gen(function*() {
      const { client, pauses, supervisor } = yield* opened({ name: "toy" })
      yield* supervisor.start
      for (const times of [1, 2, 3, 4, 5]) {
        yield* client.kill({ path: { service: "toy", index: 1 } })
        yield* ToyCluster.until(client, "toy", 1, (one) => one.state === "ready" && one.restarts === times)
      }
      assertAbout(pauses, [100, 100, 100, 100, 100])
    }))

  it.scopedLive("after a pause that does not grow far when it lacks what it depends on", () =>
    Effect.map(ofOneThatExits(69, 4), (pauses) => assertAbout(pauses, [50, 100, 150, 150])))
})
