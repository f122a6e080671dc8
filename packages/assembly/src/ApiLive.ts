import * as HttpApiBuilder from "@effect/platform/HttpApiBuilder"
import { DashboardHttpLive } from "@saucier/dashboard/DashboardHttpLive"
import { DeliveryHttpLive } from "@saucier/delivery/DeliveryHttpLive"
import { OrderHttpLive } from "@saucier/order/OrderHttpLive"
import { PaymentHttpLive } from "@saucier/payment/PaymentHttpLive"
import { WebhookHttpLive } from "@saucier/payment/WebhookHttpLive"
import * as Layer from "effect/Layer"
import { Api } from "./Api.ts"
import * as ChangeFeed from "./ChangeFeed.ts"
import { ChaosHttpLive } from "./ChaosHttpLive.ts"
import { FeedHttpLive } from "./FeedHttp.ts"
import { OperatorHttpLive } from "./OperatorHttpLive.ts"
import { PulseHttpLive } from "./PulseHttpLive.ts"
import { ReconciliationHttpLive } from "./ReconciliationHttpLive.ts"
import { SessionHttpLive } from "./SessionHttpLive.ts"
import { StoryHttpLive } from "./StoryHttpLive.ts"
import { SystemHttpLive } from "./SystemHttpLive.ts"
import { TraceHttpLive } from "./TraceHttpLive.ts"

export const layer = HttpApiBuilder.api(Api).pipe(
  Layer.provide([
    OrderHttpLive,
    PaymentHttpLive,
    WebhookHttpLive,
    DeliveryHttpLive,
    DashboardHttpLive,
    SessionHttpLive,
    FeedHttpLive.pipe(Layer.provide(ChangeFeed.layer)),
    StoryHttpLive,
    TraceHttpLive,
    PulseHttpLive,
    SystemHttpLive,
    OperatorHttpLive,
    ReconciliationHttpLive,
    ChaosHttpLive
  ])
)
