/** What the board shows, as the address says it, so that it can be shared and gone back to. */
import type { Lane, Row, State } from "../api/Dashboard.ts"

export const states = [
  "Registered",
  "Preparing",
  "Complete",
  "Cancelled",
  "Rejected"
] as const satisfies ReadonlyArray<State>

export const lanes = ["Paid", "InDelivery", "Attention"] as const satisfies ReadonlyArray<Lane>

/** What a tile counts: a state, or a lane across states. */
export type Group = State | Lane

const groups: ReadonlyArray<Group> = [...states, ...lanes]

export const columns = ["order", "branch", "sauce", "qty", "price", "state", "updated"] as const
export type Column = (typeof columns)[number]

export interface Sort {
  readonly by: Column
  readonly descending: boolean
}

export interface Filter {
  readonly state: Group | ""
  readonly branch: string
  /** Part of an order's id, its branch or its sauce. */
  readonly search: string
  readonly sort: Sort
}

/** The newest order first. */
export const newest: Sort = { by: "order", descending: true }

export const everything: Filter = { state: "", branch: "", search: "", sort: newest }

const sortOf = (text: string | null): Sort => {
  const [name, direction] = (text ?? "").split(".")
  const by = columns.find((column) => column === name)
  return by === undefined ? newest : { by, descending: direction !== "asc" }
}

/** Of the search part of an address; what it does not understand means no restriction. */
export const parse = (search: string): Filter => {
  const asked = new URLSearchParams(search)
  return {
    state: groups.find((group) => group === asked.get("state")) ?? "",
    branch: asked.get("branch")?.trim() ?? "",
    search: asked.get("q")?.trim() ?? "",
    sort: sortOf(asked.get("sort"))
  }
}

/** Only what differs from everything, newest first. */
export const format = ({ branch, search, sort, state }: Filter): string => {
  const said = new URLSearchParams()
  if (state !== "") said.set("state", state)
  if (branch !== "") said.set("branch", branch)
  if (search !== "") said.set("q", search)
  if (sort.by !== newest.by || sort.descending !== newest.descending) {
    said.set("sort", `${sort.by}.${sort.descending ? "desc" : "asc"}`)
  }
  return said.toString()
}

export const isRestricted = ({ branch, search, state }: Filter): boolean =>
  branch !== "" || search !== "" || state !== ""

const left: ReadonlySet<Row["deliveryStatus"]> = new Set(["Dispatched", "Failed", "Replanned", "Returned"])

/** As the server has it. */
const isIn = (row: Row, group: Group): boolean => {
  switch (group) {
    case "Paid":
      return row.state === "Preparing" && !left.has(row.deliveryStatus)
    case "InDelivery":
      return row.state === "Preparing" && left.has(row.deliveryStatus)
    case "Attention":
      return row.attention === true
    case "Registered":
    case "Preparing":
    case "Complete":
    case "Cancelled":
    case "Rejected":
      return row.state === group
  }
}

/** Whether a row is shown, or null when every row is. */
export const matcher = (filter: Filter): ((row: Row) => boolean) | null => {
  if (!isRestricted(filter)) return null
  const { branch, state } = filter
  const wanted = filter.search.toLowerCase()
  const has = (text: string | null) => text !== null && text.toLowerCase().includes(wanted)
  return (row) =>
    (state === "" || isIn(row, state)) &&
    (branch === "" || row.branchId === branch) &&
    (wanted === "" || has(row.orderId) || has(row.branchId) || has(row.sauceId))
}

/** The next way to sort when a column's heading is pressed: down, up, then as it was. */
export const nextSort = (sort: Sort, by: Column): Sort => {
  if (sort.by !== by) return { by, descending: true }
  if (sort.descending) return { by, descending: false }
  return newest
}
