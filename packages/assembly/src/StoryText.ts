import type { DeliveryEvent } from "@saucier/delivery/Delivery"
import type { Money } from "@saucier/kernel/Money"
import type { OrderEvent } from "@saucier/order/Order"
import type { PaymentEvent } from "@saucier/payment/Payment"
import type { Language } from "@saucier/runtime/Language"

export type StoryEvent = OrderEvent | PaymentEvent | DeliveryEvent

/** What each event means, as one sentence for people: whoever adds an event says it in every language. */
export type StoryTexts = {
  readonly [Tag in StoryEvent["_tag"]]: (event: Extract<StoryEvent, { readonly _tag: Tag }>) => string
}

export const money = (language: Language) => {
  const number = new Intl.NumberFormat(language)
  return ({ amount, currency }: Money) => `${number.format(amount)} ${currency}`
}

export const took = (event: { readonly took?: number }) =>
  event.took === undefined ? "" : ` (${event.took} ms)`
