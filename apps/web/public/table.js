/**
 * The live table. Rows that are there change in place; new ones wait behind a button while someone points at the table,
 * works in it or has scrolled into it, so that nothing moves away under a finger.
 */
import { byId, throttle } from "./dom.js"
import { nameOf, number, onLanguage, texts } from "./i18n.js"
import { announce } from "./notice.js"
import { cap, matches, Orders } from "./orders.js"
import * as rows from "./row.js"

let orders = new Orders({ state: "", branch: "" })
let phase = "loading"
let chosen = null
const held = new Map()
const shown = new Map()
const moved = new Set()
const fresh = new Set()

const body = () => byId("rows")

/** A finger leaves its last touch behind as a hover. */
const pointer = matchMedia("(hover: hover)")

const isHeld = () => {
  const table = body()
  return table.childElementCount > 0 &&
    ((pointer.matches && table.matches(":hover")) || table.contains(document.activeElement) ||
      table.getBoundingClientRect().top < 0)
}

const flash = (tr) => {
  tr.classList.remove("flash")
  requestAnimationFrame(() => tr.classList.add("flash"))
}

const reconcile = () => {
  for (const [id, { tr }] of shown) {
    if (orders.rows.has(id)) continue
    tr.remove()
    shown.delete(id)
  }
  let at = body().firstElementChild
  for (const row of orders.sorted()) {
    const known = shown.get(row.orderId)
    const tr = known?.tr ?? rows.make(row, row.orderId === chosen)
    if (known !== undefined && known.row !== row) rows.write(tr, row, row.orderId === chosen)
    tr.classList.toggle("leaving", !matches(orders.filter, row))
    if (tr === at) at = at.nextElementSibling
    else body().insertBefore(tr, at)
    if (moved.has(row.orderId) || fresh.has(row.orderId)) flash(tr)
    shown.set(row.orderId, { tr, row })
  }
}

const speak = () => {
  const changes = [...moved].filter((id) => orders.rows.has(id))
  if (fresh.size + changes.length === 0) return
  const { table } = texts()
  const only = fresh.size + changes.length === 1 ? orders.rows.get([...fresh, ...changes][0]) : undefined
  announce(
    only === undefined
      ? table.changes(fresh.size, changes.length)
      : table.changed(rows.shortId(only.orderId), nameOf("states", only.state))
  )
}

const frame = () => {
  const { table } = texts()
  const count = orders.rows.size
  const filtered = orders.filter.state !== "" || orders.filter.branch !== ""
  byId("orders").setAttribute("aria-busy", String(phase === "loading"))
  byId("loading").hidden = phase !== "loading" || count > 0
  byId("failed").hidden = phase !== "failed"
  byId("empty").hidden = phase !== "ready" || count > 0
  byId("empty-text").textContent = filtered ? table.noMatch : table.empty
  byId("empty-clear").hidden = !filtered
  byId("table").hidden = count === 0
  byId("shown").textContent = count === 0 ? "" : table.shown(number(count))
  byId("more").hidden = phase !== "ready" || orders.floor === "" || count >= cap
  byId("capped").hidden = count < cap
  byId("capped").textContent = table.capped(number(cap))
  byId("held").hidden = held.size === 0
  byId("held").textContent = table.held(held.size)
}

const flush = () => {
  if (!isHeld()) release()
  else draw()
}

const draw = () => {
  reconcile()
  frame()
  speak()
  moved.clear()
  fresh.clear()
}

/** Lets in what waited, and lets go of what no longer matches. */
const release = () => {
  for (const row of held.values()) if (orders.offer(row) === "new") fresh.add(row.orderId)
  held.clear()
  orders.trim()
  draw()
}

const soon = throttle(250, flush)

/** A row as the feed says it is now. */
export const take = (row) => {
  if (held.has(row.orderId)) {
    if (matches(orders.filter, row)) held.set(row.orderId, row)
    else held.delete(row.orderId)
  } else if (!orders.rows.has(row.orderId) && isHeld()) {
    if (row.orderId >= orders.floor && matches(orders.filter, row)) held.set(row.orderId, row)
  } else {
    const came = orders.offer(row)
    if (came === "new") fresh.add(row.orderId)
    if (came === "changed") moved.add(row.orderId)
    if (came === "outside") return
  }
  soon()
}

export const show = (loaded) => {
  orders = loaded
  phase = "ready"
  release()
}

export const loading = () => {
  phase = "loading"
  frame()
}

export const failed = () => {
  phase = "failed"
  frame()
}

export const current = () => orders

export const choose = (orderId) => {
  shown.get(chosen)?.tr.classList.remove("chosen")
  chosen = orderId
  shown.get(chosen)?.tr.classList.add("chosen")
}

export const focusRow = (orderId) => shown.get(orderId)?.tr.querySelector("a")?.focus()

export const start = () => {
  byId("held").addEventListener("click", () => {
    release()
    byId("orders-title").focus()
    byId("orders-title").scrollIntoView({ block: "nearest" })
  })
  body().addEventListener("mouseleave", soon)
  body().addEventListener("focusout", soon)
  body().addEventListener("animationend", (event) => event.target.classList.remove("flash"))
  addEventListener("scroll", () => held.size > 0 && soon(), { passive: true })
  onLanguage(() => {
    for (const { row, tr } of shown.values()) rows.write(tr, row, row.orderId === chosen)
    frame()
  })
}
