import { OrderId } from "@saucier/kernel/Ids"
import { Money } from "@saucier/kernel/Money"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Refuser } from "./Payment.ts"

/**
 * The provider refused or could not be reached: certainly nothing happened there. `detail` is for the payment clerk; `by`
 * says when it was not the provider itself, but what stands before it.
 */
export class ProviderRefused extends Schema.TaggedError<ProviderRefused>()("ProviderRefused", {
  detail: Schema.String,
  by: Schema.optionalWith(Refuser, { exact: true })
}) {}

/** The provider fell silent after it may have acted: only an inquiry tells. */
export class ProviderSilent extends Schema.TaggedError<ProviderSilent>()("ProviderSilent", {
  detail: Schema.String
}) {}

export type ProviderFailure = ProviderRefused | ProviderSilent

export const Charge = Schema.Struct({ key: Schema.NonEmptyString, orderId: OrderId, amount: Money })
export type Charge = typeof Charge.Type

export const Captured = Schema.TaggedStruct("Captured", { reference: Schema.String, amount: Money })
export const Declined = Schema.TaggedStruct("Declined", { code: Schema.String })
export const Voided = Schema.TaggedStruct("Voided", {})
export const Refunded = Schema.TaggedStruct("Refunded", { reference: Schema.String })
/** No charge of this key has reached the provider. */
export const NotFound = Schema.TaggedStruct("NotFound", {})

export const ChargeReply = Schema.Union(Captured, Declined, Voided)
export type ChargeReply = typeof ChargeReply.Type
export const InquiryReply = Schema.Union(Captured, Declined, Voided, Refunded, NotFound)
export type InquiryReply = typeof InquiryReply.Type
export const VoidReply = Schema.Union(Voided, Captured, Declined, Refunded)
export type VoidReply = typeof VoidReply.Type
export const RefundReply = Schema.Union(Refunded, NotFound)
export type RefundReply = typeof RefundReply.Type

/**
 * Port to the bank's side. Every operation is idempotent by `key`, one key per payment; amounts are in minor units.
 * No operation waits for ever: `ProtectedProvider` bounds what is behind it.
 *
 * - `charge` of a voided key answers `Voided` and charges nobody.
 * - `void` of a captured key answers `Captured`: then it is a refund that is owed. Of an unknown key it leaves a mark.
 * - `refund` gives back the whole capture, once.
 */
export class PaymentProvider extends Context.Tag("@saucier/payment/PaymentProvider")<PaymentProvider, {
  readonly charge: (charge: Charge) => Effect.Effect<ChargeReply, ProviderFailure>
  readonly inquire: (key: string) => Effect.Effect<InquiryReply, ProviderFailure>
  readonly void: (key: string) => Effect.Effect<VoidReply, ProviderFailure>
  readonly refund: (key: string) => Effect.Effect<RefundReply, ProviderFailure>
}>() {}
