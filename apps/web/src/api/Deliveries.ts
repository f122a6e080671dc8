import type * as Delivery from "@saucier/delivery/Delivery"
import type * as DeliveryHttp from "@saucier/delivery/DeliveryHttp"
import { query, read, request } from "./Http.ts"

export type DeliveryView = typeof DeliveryHttp.DeliveryView.Encoded
export type Status = typeof Delivery.DeliveryStatus.Encoded
export type Step = typeof Delivery.DeliveryStep.Encoded

export interface Page {
  readonly items: ReadonlyArray<DeliveryView>
  readonly nextCursor: string | null
}

export type Order = typeof Delivery.DeliveryOrder.Encoded

/** The most that one answer holds. */
export const pageLimit = 200

export const list = (
  filter: { readonly status: Status; readonly order: Order; readonly cursor: string; readonly limit: number },
  signal?: AbortSignal
): Promise<Page> =>
  read(
    `/deliveries${
      query({ status: filter.status, order: filter.order, cursor: filter.cursor, limit: filter.limit })
    }`,
    signal
  )

export const ofOrder = async (orderId: string, signal?: AbortSignal): Promise<DeliveryView | null> =>
  (await read<Page>(`/deliveries${query({ orderId })}`, signal)).items[0] ?? null

/** An order and its delivery share the part after the prefix. */
export const idOf = (orderId: string): string => orderId.replace(/^ord_/, "dlv_")

export const advance = async (deliveryId: string, status: Step): Promise<DeliveryView> =>
  (await request<DeliveryView>("PATCH", `/deliveries/${encodeURIComponent(deliveryId)}`, {
    body: { status }
  })).value

/** The steps that may follow a status. */
export const stepsAfter = (status: Status | null): ReadonlyArray<Step> => {
  switch (status) {
    case "Preparing":
      return ["Dispatched"]
    case "Dispatched":
      return ["Delivered", "Failed"]
    case "Failed":
    case "Replanned":
      return ["Dispatched", "Returned"]
    case "Delivered":
    case "Returned":
    case "Cancelled":
    case null:
      return []
  }
}
