/** The page: filters in the address, what is loaded, and the feed that keeps it fresh. */
import * as actions from "./actions.js"
import * as api from "./api.js"
import * as detail from "./detail.js"
import { byId, throttle } from "./dom.js"
import * as feed from "./feed.js"
import * as form from "./form.js"
import * as i18n from "./i18n.js"
import * as notice from "./notice.js"
import { cap, Orders } from "./orders.js"
import * as table from "./table.js"

const page = 50
const states = ["Registered", "Preparing", "Complete", "Cancelled", "Rejected"]

const filterOf = (search) => {
  const asked = new URLSearchParams(search)
  const state = asked.get("state") ?? ""
  return { state: states.includes(state) ? state : "", branch: asked.get("branch") ?? "" }
}

let filter = filterOf(location.search)
let counts = null
let status = { name: "connecting", since: Date.now() }

/** What the feed says while a page is on its way: it is newer than the page. */
let meanwhile = null
let reading = 0

const showCounts = () => {
  for (const tile of document.querySelectorAll(".tile")) {
    const { state } = tile.dataset
    tile.setAttribute("aria-pressed", String(state === filter.state))
    tile.querySelector(".count").textContent = counts === null
      ? "–"
      : i18n.number(counts[state === "" ? "total" : state])
  }
}

const readCounts = async () => {
  const next = await api.countRows()
  const same = counts !== null && ["total", ...states].every((name) => next[name] === counts[name])
  counts = next
  showCounts()
  return same
}

const recount = throttle(1_000, () => readCounts().catch(() => false))

/** Reads pages into a table until it holds `wanted` orders or there are no more. */
const fillUp = async (orders, wanted, from, seen) => {
  let cursor = from
  do {
    const limit = Math.min(200, Math.max(page, wanted - orders.rows.size))
    const next = await api.listRows({ ...filter, limit, cursor })
    orders.append(next, seen)
    cursor = next.nextCursor ?? ""
  } while (cursor !== "" && orders.rows.size < wanted)
}

/** Whether it went well. A later reading makes an earlier one void. */
const readInto = async (orders, wanted, from) => {
  const own = ++reading
  const seen = new Map()
  meanwhile = seen
  try {
    await fillUp(orders, wanted, from, seen)
    if (own === reading) table.show(orders)
    return true
  } catch (problem) {
    if (!(problem instanceof api.Problem)) throw problem
    if (own !== reading) return true
    byId("failed-why").replaceChildren(...notice.problemParts(problem))
    table.failed()
    return false
  } finally {
    if (own === reading) meanwhile = null
  }
}

const reload = () => {
  table.loading()
  return readInto(new Orders(filter), Math.min(cap, Math.max(page, table.current().rows.size)), "")
}

const loadMore = () => {
  if (meanwhile !== null) return
  const orders = table.current()
  return readInto(orders, Math.min(cap, orders.rows.size + page), orders.floor)
}

const showFilter = () => {
  byId("branch").value = filter.branch
  byId("clear").hidden = filter.state === "" && filter.branch === ""
  showCounts()
}

const useFilter = (next) => {
  filter = next
  showFilter()
  table.show(new Orders(filter))
  return reload()
}

/** A new filter is a new address, so that it can be shared and gone back to. */
const chooseFilter = (next) => {
  const asked = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== ""))
  const search = asked.size === 0 ? location.pathname : `?${asked}`
  history.pushState(null, "", `${search}${location.hash}`)
  useFilter(next)
}

const showStatus = () => {
  const chip = byId("live")
  chip.dataset.status = status.name
  byId("live-text").textContent = i18n.texts().live[status.name](i18n.clock(status.since))
  document.body.classList.toggle("stale", status.name === "stale")
}

const showOrder = () => {
  const id = new URLSearchParams(location.hash.slice(1)).get("order")
  table.choose(id)
  if (id === null) detail.close()
  else detail.open(id)
}

i18n.start()
notice.start()
actions.start()
form.start()
table.start()
detail.start((orderId) => {
  if (location.hash !== "") history.pushState(null, "", location.pathname + location.search)
  table.choose(null)
  table.focusRow(orderId)
})

for (const tile of document.querySelectorAll(".tile")) {
  tile.addEventListener("click", () => chooseFilter({ ...filter, state: tile.dataset.state }))
}
byId("filters").addEventListener("submit", (event) => {
  event.preventDefault()
  chooseFilter({ ...filter, branch: byId("branch").value.trim() })
})
byId("branch").addEventListener("change", () => byId("filters").requestSubmit())
for (const id of ["clear", "empty-clear"]) {
  byId(id).addEventListener("click", () => chooseFilter({ state: "", branch: "" }))
}
byId("more").addEventListener("click", loadMore)
byId("retry").addEventListener("click", reload)
addEventListener("hashchange", showOrder)
addEventListener("popstate", () => {
  const next = filterOf(location.search)
  if (next.state !== filter.state || next.branch !== filter.branch) useFilter(next)
  showOrder()
})
byId("language").value = i18n.language()
byId("language").addEventListener("change", (event) => i18n.useLanguage(event.target.value))
i18n.onLanguage(() => {
  showCounts()
  showStatus()
})

if (matchMedia("(min-width: 75rem)").matches) byId("place").open = true
showFilter()
showStatus()
showOrder()
feed.follow({
  onRow: (row) => {
    meanwhile?.set(row.orderId, row)
    table.take(row)
    detail.refresh(row.orderId)
    recount()
  },
  onStatus: (next) => {
    status = next
    showStatus()
  },
  refresh: async () => {
    detail.refresh()
    recount()
    return reload()
  },
  unchanged: readCounts
})
