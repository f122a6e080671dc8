/** Calls to the gateway. Each failure is a Problem: the server's own, or one that says why no answer came. */
import { language } from "./i18n.js"

export class Problem extends Error {
  constructor({ code, detail = "", errors = [], retryAfter = null, status = 0, title = "", traceId = "" }) {
    super(detail)
    Object.assign(this, { code, detail, errors, retryAfter, status, title, traceId })
  }
}

const problemOf = async (response) => {
  const seconds = Number(response.headers.get("retry-after"))
  const retryAfter = seconds > 0 ? seconds : null
  const body = await response.json().catch(() => null)
  return new Problem(
    typeof body?.code === "string"
      ? { ...body, status: response.status, retryAfter }
      : { code: "unexpected", status: response.status, title: response.statusText, retryAfter }
  )
}

const request = async (method, path, { body, headers = {}, timeout = 10_000 } = {}) => {
  const response = await fetch(path, {
    method,
    headers: {
      "accept-language": language(),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
    signal: AbortSignal.timeout(timeout)
  }).catch((error) => {
    throw new Problem({ code: error.name === "TimeoutError" ? "timeout" : "unreachable" })
  })
  if (!response.ok) throw await problemOf(response)
  const value = await response.json().catch(() => {
    throw new Problem({ code: "unreachable" })
  })
  return { status: response.status, replayed: response.headers.has("idempotency-replayed"), value }
}

const query = (parameters) => {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== "")
  return new URLSearchParams(given).toString()
}

const read = async (path) => (await request("GET", path)).value

export const listRows = ({ branch, cursor, limit, state }) =>
  read(`/orderDashboards?${query({ status: state, branchId: branch, limit, cursor })}`)

export const countRows = async () => (await request("GET", "/counts", { timeout: 5_000 })).value

export const getOrder = (orderId) => read(`/orders/${encodeURIComponent(orderId)}`)

export const findPayment = async (orderId) => (await read(`/payments?${query({ orderId })}`)).items[0] ?? null

export const findDelivery = async (orderId) => (await read(`/deliveries?${query({ orderId })}`)).items[0] ?? null

export const placeOrder = (order, key) =>
  request("POST", "/orders", { body: order, headers: { "idempotency-key": key }, timeout: 15_000 })

export const cancelOrder = (orderId, reason) =>
  request("POST", `/orders/${encodeURIComponent(orderId)}/cancel`, { body: { reason }, timeout: 15_000 })

/** An order and its delivery share the part after the prefix. */
const deliveryIdOf = (orderId) => orderId.replace(/^ord_/, "dlv_")

export const advanceDelivery = (orderId, status) =>
  request("PATCH", `/deliveries/${encodeURIComponent(deliveryIdOf(orderId))}`, { body: { status } })
