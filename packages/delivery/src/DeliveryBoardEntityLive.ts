import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { DeliveryBoardEntity } from "./DeliveryBoardEntity.ts"
import * as DeliveryView from "./DeliveryView.ts"

export const DeliveryBoardEntityLive = DeliveryBoardEntity.toLayer(
  Effect.map(
    DeliveryView.DeliveryView,
    (view) => DeliveryBoardEntity.of({ List: ({ payload }) => view.list(payload) })
  ),
  { concurrency: "unbounded" }
).pipe(Layer.provide(DeliveryView.layer))
