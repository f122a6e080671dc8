/** One order as a row of the table. */
import * as actions from "./actions.js"
import { el } from "./dom.js"
import { fullTime, money, nameOf, number, shortTime, texts } from "./i18n.js"

/** Ids differ at their end; the beginning is the time. */
export const shortId = (orderId) => `…${orderId.slice(-8)}`

export const badge = (state) =>
  el("span", { class: "badge", "data-state": state }, nameOf("states", state))

const cell = (label, name, ...children) =>
  el("td", { role: "cell", class: name, "data-label": label }, ...children)

const progress = (row) => {
  const { table } = texts()
  const part = (label, kind, status) =>
    status === null ? null : el("span", { class: "part" }, `${label}: ${nameOf(kind, status)}`)
  return el(
    "span",
    { class: "progress" },
    part(table.payment, "paymentStatus", row.paymentStatus),
    part(table.delivery, "deliveryStatus", row.deliveryStatus)
  )
}

const cells = (row) => {
  const { table } = texts()
  const id = shortId(row.orderId)
  return [
    cell(
      table.order,
      "id",
      el(
        "a",
        { href: `#order=${row.orderId}`, title: row.orderId, "aria-label": table.openOrder(id) },
        id
      )
    ),
    cell(table.branch, "branch", row.branchId ?? "–"),
    cell(table.sauce, "sauce", row.sauceId ?? "–"),
    cell(table.qty, "number qty", number(row.qty)),
    cell(table.price, "number price", money(row.price)),
    cell(table.state, "state", badge(row.state), progress(row)),
    cell(
      table.updated,
      "updated",
      el("time", { datetime: row.updatedAt, title: fullTime(row.updatedAt) }, shortTime(row.updatedAt))
    ),
    cell(table.actions, "actions", ...actions.buttons(row))
  ]
}

/** Writes a row into its element. Whoever stood on a button that is gone now stands on the order's link. */
export const write = (tr, row, chosen) => {
  const held = tr.contains(document.activeElement)
  const action = document.activeElement?.dataset.action
  tr.replaceChildren(...cells(row))
  tr.classList.toggle("chosen", chosen)
  if (!held) return
  const again = tr.querySelector(action === undefined ? "a" : `[data-action="${action}"]`)
  ;(again ?? tr.querySelector("a")).focus({ preventScroll: true })
}

export const make = (row, chosen) => {
  const tr = el("tr", { role: "row", "data-order": row.orderId })
  write(tr, row, chosen)
  return tr
}
