/** What the list of deliveries must hold on every engine. */
import { assert, describe, it } from "@effect/vitest"
import {
  AdvanceDelivery,
  CancelDelivery,
  type DeliveryCommand,
  type DeliveryOrder,
  type DeliveryStatus,
  DeliveryStep,
  PrepareDelivery
} from "@saucier/delivery/Delivery"
import { deliveryCodec } from "@saucier/delivery/DeliveryCodec"
import { deliveryDecider } from "@saucier/delivery/DeliveryDecider"
import { DeliveryFeed } from "@saucier/delivery/DeliveryFeed"
import * as DeliveryProjection from "@saucier/delivery/DeliveryProjection"
import * as DeliveryRow from "@saucier/delivery/DeliveryRow"
import * as DeliveryView from "@saucier/delivery/DeliveryView"
import * as Aggregate from "@saucier/eventsourcing/Aggregate"
import { Checkpoints } from "@saucier/eventsourcing/Checkpoints"
import { start, StreamId, Version } from "@saucier/eventsourcing/Event"
import { EventStore } from "@saucier/eventsourcing/EventStore"
import * as Projection from "@saucier/eventsourcing/Projection"
import { CommandId } from "@saucier/kernel/CommandMeta"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import { DeliveryId, orderId as makeOrderId, orderIdOf } from "@saucier/kernel/Ids"
import * as Arbitrary from "effect/Arbitrary"
import * as Array from "effect/Array"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import type { Engine } from "../../readmodel/test/Engines.ts"

const orders = 12
const deliveryIdAt = (n: number) => DeliveryId.make(`dlv_01h${String(n).padStart(23, "0")}`)

const deliveries = Array.makeBy(orders, deliveryIdAt)

type Draft =
  & { readonly of: number }
  & ({ readonly step: DeliveryStep } | { readonly does: "prepare" | "cancel" })

const commandOf = (draft: Draft, n: number): DeliveryCommand => {
  const deliveryId = deliveryIdAt(draft.of)
  const orderId = orderIdOf(deliveryId)
  const meta = {
    commandId: CommandId.make(`c${n}`),
    correlationId: "test",
    causationId: null,
    actor: "test",
    at: DateTime.unsafeMake(1000 + n)
  }
  if ("step" in draft) return AdvanceDelivery.make({ meta, step: draft.step })
  const goods = {
    branchId: BranchId.make(`${draft.of % 3}`),
    sauceId: SauceId.make("7"),
    quantity: Quantity.make(draft.of + 1)
  }
  return draft.does === "cancel"
    ? CancelDelivery.make({ meta, deliveryId, orderId, reason: "changed my mind" })
    : PrepareDelivery.make({ meta, deliveryId, orderId, goods })
}

/** What the actor of each delivery would do; a rejected command leaves no trace. */
const play = (drafts: ReadonlyArray<Draft>) =>
  Effect.gen(function*() {
    const aggregates = yield* Effect.forEach(deliveries, (id) =>
      Aggregate.make(StreamId.make(`delivery-${id}`), deliveryDecider, deliveryCodec))
    yield* Effect.forEach(drafts, (draft, n) => {
      const delivery = aggregates[draft.of]
      return delivery === undefined ? Effect.void : Effect.ignore(delivery.execute(commandOf(draft, n)))
    }, { discard: true })
    const snapshots = yield* Effect.forEach(aggregates, (delivery) =>
      delivery.current)
    return snapshots.flatMap(({ state, version }) =>
      state._tag === "Delivery" ? [DeliveryRow.ofDelivery(state, version)] : []
    ).toReversed()
  })

const drafts = FastCheck.array(
  FastCheck.oneof(
    FastCheck.record({ of: FastCheck.nat(orders - 1), step: Arbitrary.make(DeliveryStep) }),
    FastCheck.record({
      of: FastCheck.nat(orders - 1),
      does: FastCheck.constantFrom("prepare" as const, "cancel" as const)
    })
  ),
  { minLength: 40, maxLength: 120 }
)

const over = (engine: Engine) =>
  DeliveryView.layer.pipe(
    Layer.provideMerge(DeliveryFeed.layer),
    Layer.provideMerge(engine.fresh)
  )

const projecting = Effect.forkScoped(Effect.flatMap(DeliveryProjection.make, Projection.run))

/** Until the list has dealt with all events: a log shows them a moment after it recorded them. */
const settled = Effect.gen(function*() {
  const store = yield* EventStore
  const checkpoints = yield* Checkpoints
  const streams = yield* Effect.forEach(
    deliveries,
    (id) => store.read(StreamId.make(`delivery-${id}`), Version.make(0))
  )
  const reached = Effect.zipWith(
    store.page(start, 10_000),
    checkpoints.load(DeliveryProjection.name),
    (log, position) => log.length === streams.flat().length && position === (log.at(-1)?.position ?? start)
  )
  yield* Effect.repeat(reached, { until: (yes) => yes, schedule: Schedule.spaced("2 millis") })
})

const walk = (filter: { readonly status?: DeliveryStatus; readonly order?: DeliveryOrder }, limit: number) =>
  Effect.gen(function*() {
    const view = yield* DeliveryView.DeliveryView
    const items: Array<DeliveryRow.DeliveryRow> = []
    let cursor: DeliveryId | undefined
    do {
      const page = yield* view.list({ ...filter, limit, cursor })
      items.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined && items.length < 1000)
    return items
  })

export const deliveryViewContract = (engine: Engine) =>
  describe(`the list of deliveries on ${engine.name}`, () => {
    const layer = over(engine)

    it.scopedLive.prop(
      "holds what the deliveries hold, the newest first, and no delivery that never had goods",
      { drafts },
      ({ drafts }) =>
        Effect.gen(function*() {
          yield* projecting
          const rows = yield* play(drafts)
          yield* settled
          assert.deepStrictEqual(yield* walk({}, 5), rows)
          assert.deepStrictEqual(yield* walk({ order: "oldest" }, 5), rows.toReversed())
          for (const status of ["Preparing", "Delivered", "Cancelled"] as const) {
            assert.deepStrictEqual(yield* walk({ status }, 2), rows.filter((row) => row.status === status))
          }
          const view = yield* DeliveryView.DeliveryView
          for (const { orderId } of rows) {
            const found = yield* view.list({ orderId, limit: 50 })
            assert.deepStrictEqual(found, {
              items: rows.filter((row) => row.orderId === orderId),
              nextCursor: null
            })
          }
        }).pipe(Effect.provide(layer)),
      { fastCheck: { numRuns: 8 } }
    )

    it.scopedLive("is the same when its events come again", () =>
      Effect.gen(function*() {
        const rows = yield* play([
          { of: 0, does: "cancel" },
          { of: 1, does: "prepare" },
          { of: 1, step: "Dispatched" },
          { of: 2, does: "prepare" },
          { of: 1, step: "Failed" }
        ])
        const checkpoints = yield* Checkpoints
        for (let again = 0; again < 3; again++) {
          yield* checkpoints.commit(DeliveryProjection.name, start, Effect.void)
          yield* Effect.scoped(Effect.zipRight(projecting, settled))
          assert.deepStrictEqual(yield* walk({}, 50), rows)
        }
        assert.deepStrictEqual(rows.map((row) => row.id), [deliveryIdAt(2), deliveryIdAt(1)])
        const view = yield* DeliveryView.DeliveryView
        const none = yield* view.list({ orderId: makeOrderId(`01h${"9".padStart(23, "0")}`), limit: 50 })
        assert.deepStrictEqual(none, { items: [], nextCursor: null })
      }).pipe(Effect.provide(layer)))
  })
