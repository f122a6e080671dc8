import * as EventCodec from "@saucier/eventsourcing/EventCodec"
import { OrderEvent } from "./Order.ts"

export const orderCodec = EventCodec.make(OrderEvent)
