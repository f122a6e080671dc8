/** One order with its payment and its delivery, each asked of its own service: one that is down hides only itself. */
import * as api from "./api.js"
import { buttons } from "./actions.js"
import { byId, el, throttle } from "./dom.js"
import { fill } from "./form.js"
import { fullTime, money, nameOf, number, onLanguage, shortTime, texts } from "./i18n.js"
import { problemParts } from "./notice.js"

let orderId = null
let known = null
let onClose = () => {}

const settle = (promise) =>
  promise.then(
    (value) => ({ value }),
    (problem) => {
      if (problem instanceof api.Problem) return { problem }
      throw problem
    }
  )

const facts = (...pairs) =>
  el("dl", {}, ...pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]))

const time = (at) => el("time", { datetime: at, title: fullTime(at) }, shortTime(at))

const code = (text) => el("code", {}, text)

const section = (title, { problem, value }, empty, content) =>
  el(
    "section",
    {},
    el("h3", {}, title),
    ...(problem !== undefined
      ? [el("p", { class: "problem" }, ...problemParts(problem))]
      : value === null
      ? [el("p", { class: "muted" }, empty)]
      : content(value))
  )

const steps = (items) => (items.length === 0 ? null : el("ol", { class: "steps" }, ...items))

const orderFacts = (order) => {
  const { detail, table } = texts()
  return [
    facts(
      [detail.status, nameOf("orderStatus", order.status)],
      [table.branch, order.branchId],
      [table.sauce, order.sauceId],
      [table.qty, number(order.qty)],
      [table.price, money(order.price)],
      [detail.registered, time(order.registeredAt)],
      [detail.version, number(order.version)]
    )
  ]
}

const paymentFacts = (payment) => {
  const { detail } = texts()
  const attempts = payment.attempts.map(({ at, detail: why, kind, outcome }) =>
    el(
      "li",
      {},
      el("span", {}, `${nameOf("attempt", kind)}: ${nameOf("outcome", outcome)}`),
      why === null ? null : el("small", { lang: "en" }, why),
      time(at)
    )
  )
  return [
    facts(
      [detail.status, nameOf("paymentStatus", payment.status)],
      [detail.amount, money(payment.amount)],
      [detail.paymentId, code(payment.id)]
    ),
    el("h4", {}, detail.attempts),
    steps(attempts) ?? el("p", { class: "muted" }, detail.noAttempts)
  ]
}

const deliveryFacts = (delivery) => {
  const { detail } = texts()
  const stages = delivery.stages.map(({ at, status }) =>
    el("li", {}, el("span", {}, nameOf("deliveryStatus", status)), time(at))
  )
  return [
    facts(
      [detail.status, nameOf("deliveryStatus", delivery.status)],
      [detail.deliveryId, code(delivery.id)]
    ),
    el("h4", {}, detail.stages),
    steps(stages) ?? ""
  ]
}

const again = (order) => {
  const button = el("button", { type: "button" }, texts().detail.again)
  button.addEventListener("click", () => {
    close()
    fill(order)
    byId("field-qty").focus()
  })
  return button
}

/** The row that the buttons go by, from the three answers. */
const rowOf = (order, payment, delivery) => ({
  ...order,
  orderId,
  orderStatus: order.status,
  paymentStatus: payment?.status ?? null,
  deliveryStatus: delivery?.status ?? null,
  state: order.status
})

const draw = () => {
  const { detail } = texts()
  const panel = byId("detail-body")
  const inside = panel.contains(document.activeElement)
  const { delivery, order, payment } = known
  const acts = order.value === undefined
    ? []
    : [...buttons(rowOf(order.value, payment.value, delivery.value)), again(order.value)]
  panel.replaceChildren(
    el("p", { class: "actions" }, ...acts),
    section(detail.order, order, "", orderFacts),
    ...(order.problem?.status === 404 || order.problem?.status === 400 ? [] : [
      section(detail.payment, payment, detail.noPayment, paymentFacts),
      section(detail.delivery, delivery, detail.noDelivery, deliveryFacts)
    ])
  )
  panel.removeAttribute("aria-busy")
  if (inside) byId("detail-title").focus({ preventScroll: true })
}

const load = async () => {
  const own = orderId
  if (own === null) return
  const [order, payment, delivery] = await Promise.all(
    [api.getOrder, api.findPayment, api.findDelivery].map((ask) => settle(ask(own)))
  )
  if (own !== orderId) return
  known = { order, payment, delivery }
  draw()
}

const reload = throttle(400, load)

export const refresh = (changedId) => {
  if (orderId !== null && (changedId === undefined || changedId === orderId)) reload()
}

const wide = matchMedia("(min-width: 75rem)")

/** On a narrow screen the panel covers the page, so what is under it must not take focus. */
const cover = () => {
  for (const part of document.querySelectorAll("[data-under]")) part.inert = orderId !== null && !wide.matches
}

export const open = (id) => {
  if (id === orderId) return
  orderId = id
  known = null
  byId("detail").hidden = false
  byId("detail-id").textContent = id
  byId("detail-body").setAttribute("aria-busy", "true")
  byId("detail-body").replaceChildren(el("p", { class: "muted" }, texts().detail.loading))
  cover()
  byId("detail-title").focus({ preventScroll: wide.matches })
  load()
}

export const close = () => {
  if (orderId === null) return
  const was = orderId
  orderId = null
  byId("detail").hidden = true
  cover()
  onClose(was)
}

export const start = (closed) => {
  onClose = closed
  byId("detail-close").addEventListener("click", close)
  byId("detail").addEventListener("keydown", (event) => event.key === "Escape" && close())
  wide.addEventListener("change", cover)
  onLanguage(() => known !== null && draw())
}
