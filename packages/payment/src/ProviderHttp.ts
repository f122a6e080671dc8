/** Wire contract of the payment provider. A refusal is a promise that nothing happened; any other trouble is silence. */
import * as HttpApi from "@effect/platform/HttpApi"
import * as HttpApiEndpoint from "@effect/platform/HttpApiEndpoint"
import * as HttpApiGroup from "@effect/platform/HttpApiGroup"
import * as PageLimit from "@saucier/kernel/PageLimit"
import * as Schema from "effect/Schema"
import {
  Charge,
  ChargeReply,
  InquiryReply,
  ProviderRefused,
  RefundReply,
  VoidReply
} from "./PaymentProvider.ts"
import { LedgerPage, maxLines, UnknownLedgerPlace } from "./ProviderLedger.ts"

/** It stands in a path as it is. */
const Key = Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9][\w-]{0,99}$/))
const path = Schema.Struct({ key: Key })

class Charges extends HttpApiGroup.make("charges")
  .add(
    HttpApiEndpoint.post("charge", "/charges")
      .setPayload(Schema.Struct({ ...Charge.fields, key: Key }))
      .addSuccess(ChargeReply)
  )
  .add(HttpApiEndpoint.get("inquire", "/charges/:key").setPath(path).addSuccess(InquiryReply))
  .add(HttpApiEndpoint.post("void", "/charges/:key/void").setPath(path).addSuccess(VoidReply))
  .add(HttpApiEndpoint.post("refund", "/charges/:key/refund").setPath(path).addSuccess(RefundReply))
  .add(
    HttpApiEndpoint.get("ledger", "/ledger")
      .setUrlParams(Schema.Struct({
        after: Schema.optionalWith(Schema.String, { default: () => "" }),
        limit: PageLimit.upTo(maxLines, maxLines)
      }))
      .addSuccess(LedgerPage)
      .addError(UnknownLedgerPlace, { status: 404 })
  )
  .addError(ProviderRefused, { status: 503 })
{}

export const ProviderHttp = HttpApi.make("provider").add(Charges)
