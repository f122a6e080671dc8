import * as HttpApi from "@effect/platform/HttpApi"
import * as OpenApi from "@effect/platform/OpenApi"
import { DashboardHttp } from "@saucier/dashboard/DashboardHttp"
import { DeliveryHttp } from "@saucier/delivery/DeliveryHttp"
import { OrderHttp } from "@saucier/order/OrderHttp"
import { PaymentHttp } from "@saucier/payment/PaymentHttp"
import { WebhookHttp } from "@saucier/payment/WebhookHttp"
import manifest from "../package.json" with { type: "json" }
import { ChaosHttp } from "./ChaosHttp.ts"
import { FeedHttp } from "./FeedHttp.ts"
import { OperatorHttp } from "./OperatorHttp.ts"
import { PulseHttp } from "./PulseHttp.ts"
import { ReconciliationHttp } from "./ReconciliationHttp.ts"
import { SessionHttp } from "./SessionHttp.ts"
import { StoryHttp } from "./StoryHttp.ts"
import { SystemHttp } from "./SystemHttp.ts"
import { TraceHttp } from "./TraceHttp.ts"

/** Of all processes, and of the API. */
export const { version } = manifest

/** All that the gateway answers to, one line for each group. */
export const Api = HttpApi.make("saucier")
  .add(OrderHttp)
  .add(PaymentHttp)
  .add(WebhookHttp)
  .add(DeliveryHttp)
  .add(DashboardHttp)
  .add(SessionHttp)
  .add(FeedHttp)
  .add(StoryHttp)
  .add(TraceHttp)
  .add(PulseHttp)
  .add(SystemHttp)
  .add(OperatorHttp)
  .add(ReconciliationHttp)
  .add(ChaosHttp)
  .annotate(OpenApi.Title, "Saucier")
  .annotate(OpenApi.Version, version)
  .annotate(OpenApi.Description, "Orders of sauces: placed by branches, paid, delivered, watched")
