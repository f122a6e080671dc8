import * as EventCodec from "@saucier/eventsourcing/EventCodec"
import { PaymentEvent } from "./Payment.ts"

export const paymentCodec = EventCodec.make(PaymentEvent)
