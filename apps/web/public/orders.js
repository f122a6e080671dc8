/** The newest orders that match a filter, at most `cap` of them: what the table shows. Ids sort by time. */
export const cap = 500

export const matches = ({ branch, state }, row) =>
  (state === "" || row.state === state) && (branch === "" || row.branchId === branch)

export class Orders {
  rows = new Map()
  /** Older orders than this one are not loaded; empty when all are. */
  floor = ""

  constructor(filter) {
    this.filter = filter
  }

  /** The next page. What the feed said meanwhile is newer than the page. */
  append({ items, nextCursor }, meanwhile) {
    for (const row of items) this.rows.set(row.orderId, meanwhile.get(row.orderId) ?? row)
    this.floor = nextCursor ?? ""
    for (const row of meanwhile.values()) this.offer(row)
    this.trim()
  }

  /** What a changed row is to this table. */
  offer(row) {
    const known = this.rows.has(row.orderId)
    if (known) {
      this.rows.set(row.orderId, row)
      return "changed"
    }
    if (row.orderId < this.floor || !matches(this.filter, row)) return "outside"
    this.rows.set(row.orderId, row)
    return "new"
  }

  sorted() {
    return [...this.rows.values()].sort((a, b) => (a.orderId < b.orderId ? 1 : -1))
  }

  /** Lets go of what no longer matches, and of the oldest beyond the cap. */
  trim() {
    for (const [id, row] of this.rows) if (!matches(this.filter, row)) this.rows.delete(id)
    if (this.rows.size <= cap) return
    const sorted = this.sorted()
    for (const { orderId } of sorted.slice(cap)) this.rows.delete(orderId)
    this.floor = sorted[cap - 1].orderId
  }
}
