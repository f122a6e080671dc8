import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { type Client, seed, start, temporaryFolder, until, world } from "./World.ts"

interface Change {
  readonly id: number
  readonly orderId: string
  readonly orderStatus: string
}

/** Reads the feed until it has seen every one of these orders being prepared; then leaves. */
const readUntilPrepared = (client: Client, orders: ReadonlySet<string>, after?: number) =>
  Effect.promise(async () => {
    const leave = new AbortController()
    const headers = after === undefined ? {} : { "last-event-id": `${after}` }
    const response = await fetch(`${client.url}/feed`, { headers, signal: leave.signal })
    const seen: Array<Change> = []
    const missing = new Set(orders)
    let text = ""
    if (response.body === null) return seen
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const blocks = text.split("\n\n")
      text = blocks.pop() ?? ""
      for (const block of blocks) {
        const [, id, data] = /^id: (\d+)\nevent: order\ndata: (.*)$/m.exec(block) ?? []
        if (id === undefined || data === undefined) continue
        const { orderId, orderStatus } = JSON.parse(data)
        seen.push({ id: Number(id), orderId, orderStatus })
        if (orderStatus === "Preparing") missing.delete(orderId)
      }
      if (missing.size === 0) break
    }
    leave.abort()
    return seen
  })

/** The first change that comes to a reader who asks for none before. */
const readAny = (client: Client, after?: number) =>
  Effect.promise(async () => {
    const leave = new AbortController()
    const headers = after === undefined ? {} : { "last-event-id": `${after}` }
    const response = await fetch(`${client.url}/feed`, { headers, signal: leave.signal })
    let text = ""
    if (response.body === null) return undefined
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const [, data] = /^data: (\{.*\})\n\n/m.exec(text) ?? []
      if (data === undefined) continue
      leave.abort()
      const { orderId } = JSON.parse(data)
      return { orderId: String(orderId) }
    }
    return undefined
  })

const place = (client: Client, count: number) =>
  Effect.map(
    Effect.replicateEffect(client.post("/orders", seed), count, { concurrency: 8 }),
    (answers) => new Set(answers.map(({ body }) => String(body["id"])))
  )

const rising = (changes: ReadonlyArray<Change>) =>
  assert.isTrue(changes.every(({ id }, index) => index === 0 || id > (changes[index - 1]?.id ?? 0)))

describe("the feed of the dashboard", () => {
  it.scopedLive("shows each order on its way to a reader who is there", () =>
    Effect.gen(function*() {
      const client = yield* world()
      const [changes] = yield* Effect.all([
        readUntilPrepared(client, yield* place(client, 1), 0),
        place(client, 5)
      ], { concurrency: "unbounded" })
      assert.isNotEmpty(changes)
      rising(changes)
    }))

  it.scopedLive("goes on where a reader left off, without gap or repeat, also after a restart", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const last = yield* Effect.scoped(Effect.gen(function*() {
        const client = yield* start(folder)
        const orders = yield* place(client, 10)
        const changes = yield* readUntilPrepared(client, orders, 0)
        rising(changes)
        return changes.at(-1)?.id ?? 0
      }))
      const client = yield* start(folder)
      const missed = yield* place(client, 20)
      const changes = yield* readUntilPrepared(client, missed, last)
      rising(changes)
      assert.isTrue(changes.every(({ id }) => id > last))
    }))

  it.scopedLive("keeps answering others when a reader resumes after a change that came of two events", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const last = yield* Effect.scoped(Effect.gen(function*() {
        const client = yield* start(folder)
        const orders = yield* place(client, 1)
        const changes = yield* readUntilPrepared(client, orders, 0)
        const [id = ""] = orders
        for (const status of ["Dispatched", "Failed", "Dispatched"]) {
          yield* client.patch(`/deliveries/dlv_${id.slice("ord_".length)}`, { status })
        }
        return changes.at(-1)?.id ?? 0
      }))
      const client = yield* start(folder)
      assert.isDefined(yield* readAny(client, last))
      const settled = yield* until(
        client.get("/orderDashboards"),
        ({ body }) => JSON.stringify(body).includes("Dispatched")
      )
      assert.strictEqual(settled.status, 200)
      const placing = yield* Effect.fork(readAny(client, last + 1_000_000))
      yield* Effect.forever(place(client, 1)).pipe(Effect.race(placing.await))
      assert.isDefined(yield* placing)
    }))

  it.scopedLive("gives a reader who starts anew only what is yet to come", () =>
    Effect.gen(function*() {
      const client = yield* world()
      const before = yield* place(client, 3)
      yield* readUntilPrepared(client, before, 0)
      const reading = yield* Effect.fork(readAny(client))
      yield* Effect.forever(place(client, 1)).pipe(Effect.race(reading.await))
      const change = yield* reading
      assert.isFalse(before.has(change?.orderId ?? ""))
    }))
})
