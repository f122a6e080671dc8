/** What each context hosts: its entities, and the subscriptions that run once for all. One line for each. */
import { DashboardEntityLive } from "@saucier/dashboard/DashboardEntityLive"
import { DashboardGaugesLive } from "@saucier/dashboard/DashboardGauges"
import { DashboardHint } from "@saucier/dashboard/DashboardHint"
import { DashboardProjectionsLive } from "@saucier/dashboard/DashboardProjections"
import * as DashboardRebuild from "@saucier/dashboard/DashboardRebuild"
import * as DashboardView from "@saucier/dashboard/DashboardView"
import { DeliveryBoardEntityLive } from "@saucier/delivery/DeliveryBoardEntityLive"
import { DeliveryEntityLive } from "@saucier/delivery/DeliveryEntityLive"
import { DeliveryPoliciesLive } from "@saucier/delivery/DeliveryPolicies"
import { DeliveryProjectionLive } from "@saucier/delivery/DeliveryProjection"
import * as OperatorEntityLive from "@saucier/eventsourcing/OperatorEntityLive"
import { OrderEntityLive } from "@saucier/order/OrderEntityLive"
import { OrderKeyEntityLive } from "@saucier/order/OrderKeyEntityLive"
import { OrderPoliciesLive } from "@saucier/order/OrderPolicies"
import { PaymentBoardEntityLive } from "@saucier/payment/PaymentBoardEntityLive"
import { PaymentEntityLive } from "@saucier/payment/PaymentEntityLive"
import { PaymentPoliciesLive } from "@saucier/payment/PaymentPolicies"
import { PaymentsAttentionLive } from "@saucier/payment/PaymentsAttention"
import { PaymentsOutstandingLive } from "@saucier/payment/PaymentsOutstanding"
import * as Layer from "effect/Layer"
import * as ProbeEntityLive from "./ProbeEntityLive.ts"
import { PulseBoardEntityLive } from "./PulseBoardEntityLive.ts"
import { ReconciliationEntityLive } from "./ReconciliationEntityLive.ts"
import { TraceBoardEntityLive } from "./TraceBoardEntityLive.ts"
import * as TraceForward from "./TraceForward.ts"

/** Also the shard groups of the cluster: the same list in every process, in this order. */
export const contexts = ["order", "payment", "delivery", "dashboard"] as const
export type Context = (typeof contexts)[number]

export const order = Layer.mergeAll(
  OrderEntityLive,
  OrderKeyEntityLive,
  OrderPoliciesLive,
  OperatorEntityLive.layer("order"),
  ProbeEntityLive.layer("order"),
  TraceForward.layer
)
export const payment = Layer.mergeAll(
  PaymentEntityLive,
  PaymentBoardEntityLive,
  PaymentPoliciesLive,
  PaymentsAttentionLive,
  PaymentsOutstandingLive,
  ReconciliationEntityLive,
  OperatorEntityLive.layer("payment"),
  ProbeEntityLive.layer("payment"),
  TraceForward.layer
)
export const delivery = Layer.mergeAll(
  DeliveryEntityLive,
  DeliveryBoardEntityLive,
  DeliveryPoliciesLive,
  DeliveryProjectionLive,
  OperatorEntityLive.layer("delivery"),
  ProbeEntityLive.layer("delivery"),
  TraceForward.layer
)
export const dashboard = Layer.mergeAll(
  DashboardEntityLive,
  DashboardProjectionsLive,
  DashboardGaugesLive,
  TraceBoardEntityLive,
  PulseBoardEntityLive,
  OperatorEntityLive.layer("dashboard"),
  ProbeEntityLive.layer("dashboard"),
  TraceForward.layer
).pipe(
  Layer.provide(DashboardRebuild.layer),
  Layer.provide([DashboardView.layer, DashboardHint.layer])
)
