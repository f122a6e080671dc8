/**
 * Placing an order. What is filled in keeps one Idempotency-Key until its outcome is known, also over a reload, so neither
 * a double click nor a lost answer makes a second order.
 */
import * as api from "./api.js"
import { byId, el, stored } from "./dom.js"
import { onLanguage, texts } from "./i18n.js"
import { problemParts } from "./notice.js"
import { shortId } from "./row.js"

const fields = ["branchId", "sauceId", "qty", "price"]
const input = (name) => byId(`field-${name}`)

/** The attempt whose outcome is not known: its key, and the body that the key stands for. */
let attempt = JSON.parse(stored.get("sessionStorage", "attempt") ?? "null")
let sending = false
let outcome = () => []

const keep = (next) => {
  attempt = next
  stored.set("sessionStorage", "attempt", next === null ? null : JSON.stringify(next))
}

/** `crypto.randomUUID` exists on secure origins only; a branch may come over plain HTTP. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")

const numeric = (text) => (/^-?\d+$/.test(text) ? Number(text) : text)

const read = () => {
  const text = (name) => input(name).value.trim()
  return {
    branchId: text("branchId"),
    sauceId: text("sauceId"),
    qty: numeric(text("qty").replaceAll(",", "")),
    price: numeric(text("price").replaceAll(",", ""))
  }
}

export const fill = (order) => {
  for (const name of fields) input(name).value = order[name] ?? ""
  byId("order-form").closest("details").open = true
  clearErrors()
  tell("", () => [])
}

const clearErrors = () => {
  for (const name of fields) {
    input(name).removeAttribute("aria-invalid")
    byId(`error-${name}`).replaceChildren()
  }
}

const showErrors = (errors) => {
  const placed = errors.filter(({ pointer }) => fields.includes(pointer.slice(1)))
  for (const { code, message, pointer } of placed) {
    const name = pointer.slice(1)
    const own = texts().form.field[code] ?? ""
    input(name).setAttribute("aria-invalid", "true")
    byId(`error-${name}`).replaceChildren(
      ...(own === "" ? [] : [`${own} `]),
      el("span", { lang: "en" }, message)
    )
  }
  if (placed.length > 0) input(placed[0].pointer.slice(1)).focus()
  return placed.length === errors.length && errors.length > 0
}

const tell = (tone, parts) => {
  outcome = parts
  byId("outcome").dataset.tone = tone
  byId("outcome").replaceChildren(...parts())
}

const placed = ({ replayed, status, value }) => {
  keep(null)
  for (const name of fields) if (name !== "branchId") input(name).value = ""
  input("sauceId").focus({ preventScroll: true })
  tell(status === 202 ? "wait" : "good", () => [
    texts().form[status === 202 ? "pending" : "paid"](shortId(value.id)),
    ...(replayed ? [` ${texts().form.replayed}`] : []),
    " ",
    el("a", { href: `#order=${value.id}` }, texts().form.open)
  ])
}

/** After these the key has done its work; after others (no answer, not available) the same attempt may be repeated. */
const settled = new Set([400, 402, 413, 415, 422])

const refused = (problem) => {
  if (settled.has(problem.status)) keep(null)
  const perField = showErrors(problem.errors)
  tell("bad", () => (perField ? [texts().form.fix] : problemParts(problem)))
}

const submit = async (event) => {
  event.preventDefault()
  if (sending) return
  sending = true
  clearErrors()
  const body = read()
  const same = attempt !== null && JSON.stringify(attempt.body) === JSON.stringify(body)
  if (!same) keep({ key: newKey(), body })
  byId("send").setAttribute("aria-disabled", "true")
  tell("wait", () => [texts().form.sending])
  try {
    placed(await api.placeOrder(body, attempt.key))
  } catch (problem) {
    if (!(problem instanceof api.Problem)) throw problem
    refused(problem)
  } finally {
    sending = false
    byId("send").removeAttribute("aria-disabled")
  }
}

export const start = () => {
  byId("order-form").addEventListener("submit", submit)
  if (attempt !== null) {
    fill(attempt.body)
    tell("wait", () => [texts().form.resumed])
  }
  onLanguage(() => {
    byId("outcome").replaceChildren(...outcome())
    clearErrors()
  })
}
