/** What people do to an order that is under way: report its delivery, or cancel it. Each asks before it acts. */
import * as api from "./api.js"
import { byId, el } from "./dom.js"
import { texts } from "./i18n.js"
import { notify, problemParts } from "./notice.js"
import { shortId } from "./row.js"

const steps = {
  Preparing: ["Dispatched"],
  Dispatched: ["Delivered", "Failed"],
  Failed: ["Dispatched", "Returned"],
  Replanned: ["Dispatched", "Returned"]
}

const cancellable = ({ deliveryStatus, orderStatus }) =>
  [null, "Registered", "PaymentPending", "Paid", "Preparing"].includes(orderStatus) &&
  (deliveryStatus === null || deliveryStatus === "Preparing")

const actionsOf = (row) => {
  if (row.state === "Cancelled" || row.state === "Rejected" || row.orderStatus === "Cancelling") return []
  return [...(steps[row.deliveryStatus] ?? []), ...(cancellable(row) ? ["cancel"] : [])]
}

export const buttons = (row) =>
  actionsOf(row).map((action) =>
    el(
      "button",
      {
        type: "button",
        class: action === "cancel" || action === "Failed" ? "quiet" : "",
        "data-action": action,
        "data-id": row.orderId,
        "data-what": `${row.branchId ?? "–"} · ${row.sauceId ?? "–"} × ${row.qty ?? "–"}`,
        "aria-label": texts().actions.of(texts().actions[action], shortId(row.orderId))
      },
      texts().actions[action]
    )
  )

const rowLink = (id) => `#rows [data-order="${id}"] a`

const dialog = () => byId("confirm")
let asked = null
let busy = false

const ask = (button) => {
  const { action, id, what } = button.dataset
  asked = { action, id, button, back: button.closest("#detail") === null ? rowLink(id) : "#detail-title" }
  const { actions } = texts()
  byId("confirm-title").textContent = actions.ask[action]
  byId("confirm-order").textContent = `${shortId(id)} · ${what}`
  byId("confirm-explain").textContent = actions.explain[action]
  byId("confirm-reason").hidden = action !== "cancel"
  byId("reason").required = action === "cancel"
  byId("reason").value = ""
  byId("confirm-problem").replaceChildren()
  byId("confirm-yes").textContent = actions.confirm[action]
  byId("confirm-yes").classList.toggle("danger", action === "cancel")
  dialog().showModal()
  byId(action === "cancel" ? "reason" : "confirm-yes").focus()
}

const act = async ({ action, id }) => {
  const { done } = texts().actions
  if (action !== "cancel") {
    await api.advanceDelivery(id, action)
    return done[action](shortId(id))
  }
  const { status } = await api.cancelOrder(id, byId("reason").value.trim())
  return status === 202 ? done.refund(shortId(id)) : done.cancelled(shortId(id))
}

const confirmed = async (event) => {
  event.preventDefault()
  if (busy) return
  busy = true
  dialog().setAttribute("aria-busy", "true")
  const own = asked
  try {
    const result = await act(own)
    if (asked === own) dialog().close()
    notify(result)
  } catch (problem) {
    if (!(problem instanceof api.Problem)) throw problem
    if (asked === own) byId("confirm-problem").replaceChildren(...problemParts(problem))
    else notify(...problemParts(problem))
  } finally {
    busy = false
    dialog().removeAttribute("aria-busy")
  }
}

export const start = () => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-action]")
    if (button !== null) ask(button)
  })
  byId("confirm-form").addEventListener("submit", confirmed)
  byId("confirm-no").addEventListener("click", () => dialog().close())
  dialog().addEventListener("close", () => {
    // The button may have gone with the status that it belonged to.
    if (!asked.button.isConnected) document.querySelector(asked.back)?.focus({ preventScroll: true })
    asked = null
  })
}
