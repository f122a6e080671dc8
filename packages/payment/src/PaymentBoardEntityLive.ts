import * as Effect from "effect/Effect"
import { PaymentBoardEntity } from "./PaymentBoardEntity.ts"
import * as PaymentsOpen from "./PaymentsOpen.ts"

export const PaymentBoardEntityLive = PaymentBoardEntity.toLayer(
  Effect.map(PaymentsOpen.make, (open) => PaymentBoardEntity.of({ Open: () => open }))
)
