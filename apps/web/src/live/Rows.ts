/**
 * The rows that a page holds: the newest orders down to where it has read, kept right by the feed. Order ids rise with
 * time, so the newest order has the greatest id. Rows are replaced in place; `rows` is a new array only when asked for.
 */
import type { Row } from "../api/Dashboard.ts"

/** So many rows are kept; of more the oldest are let go. */
export const capacity = 100_000

const byIdDescending = (a: Row, b: Row) => (a.orderId < b.orderId ? 1 : -1)

export class Rows {
  /** Newest first. */
  private sorted: Array<Row> = []
  private readonly index = new Map<string, Row>()
  /** Orders below this one have not been read yet; empty when all have, null before the first page. */
  private floor: string | null = null
  private readonly most: number

  constructor(most: number = capacity) {
    this.most = most
  }

  get size(): number {
    return this.sorted.length
  }

  get complete(): boolean {
    return this.floor === ""
  }

  /** Where to read on, empty before the first page. */
  get cursor(): string {
    return this.floor ?? ""
  }

  get full(): boolean {
    return this.sorted.length >= this.most
  }

  get all(): ReadonlyArray<Row> {
    return this.sorted
  }

  get(orderId: string): Row | undefined {
    return this.index.get(orderId)
  }

  /** Takes a page that was read below `cursor`; what the feed said of its rows meanwhile is newer. */
  append(items: ReadonlyArray<Row>, nextCursor: string | null): void {
    const fresh = items.filter(({ orderId }) => !this.index.has(orderId))
    for (const row of fresh) this.index.set(row.orderId, row)
    const last = this.sorted.at(-1)
    this.sorted.push(...fresh)
    if (last !== undefined && fresh.some((row) => row.orderId > last.orderId)) {
      this.sorted.sort(byIdDescending)
    }
    this.floor = nextCursor ?? ""
    this.trim()
  }

  /** Takes what the feed says. An order below the floor is left out: it comes when its page is read. */
  apply(rows: ReadonlyArray<Row>): void {
    const changed = new Map<string, Row>()
    const fresh = new Map<string, Row>()
    for (const row of rows) {
      if (this.index.has(row.orderId)) changed.set(row.orderId, row)
      else if (this.floor !== null && row.orderId >= this.floor) fresh.set(row.orderId, row)
    }
    for (const [orderId, row] of changed) {
      this.index.set(orderId, row)
      this.sorted[this.placeOf(orderId)] = row
    }
    if (fresh.size === 0) return
    const added = [...fresh.values()].sort(byIdDescending)
    for (const row of added) this.index.set(row.orderId, row)
    const oldest = added.at(-1)
    const newest = this.sorted[0]
    if (oldest === undefined || newest === undefined || oldest.orderId > newest.orderId) {
      this.sorted.unshift(...added)
    } else for (const row of added) this.sorted.splice(this.placeOf(row.orderId), 0, row)
    this.trim()
  }

  /** Where an order is, or would be. */
  private placeOf(orderId: string): number {
    let low = 0
    let high = this.sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const at = this.sorted[middle]
      if (at !== undefined && at.orderId > orderId) low = middle + 1
      else high = middle
    }
    return low
  }

  private trim(): void {
    if (this.sorted.length <= this.most) return
    for (const row of this.sorted.splice(this.most)) this.index.delete(row.orderId)
    this.floor = this.sorted.at(-1)?.orderId ?? ""
  }
}
