import * as EventCodec from "@saucier/eventsourcing/EventCodec"
import { DeliveryEvent } from "./Delivery.ts"

export const deliveryCodec = EventCodec.make(DeliveryEvent)
