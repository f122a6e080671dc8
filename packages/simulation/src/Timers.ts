/** What is to happen later, the soonest first and in the order of asking where two are due at once: a binary heap. */

export interface Timer {
  readonly at: number
  readonly run: () => void
  cancelled: boolean
}

interface Entry {
  readonly timer: Timer
  readonly sequence: number
}

export interface Timers {
  readonly add: (at: number, run: () => void) => Timer
  /** Takes the soonest that was not cancelled. */
  readonly take: () => Timer | undefined
}

const before = (a: Entry, b: Entry) =>
  a.timer.at < b.timer.at || (a.timer.at === b.timer.at && a.sequence < b.sequence)

export const make = (): Timers => {
  const heap: Array<Entry> = []
  let sequence = 0

  const rise = (entry: Entry) => {
    let index = heap.length
    heap.push(entry)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent]
      if (above === undefined || !before(entry, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = entry
  }

  const sink = (entry: Entry) => {
    let index = 0
    for (;;) {
      const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]]
      const rightFirst = left !== undefined && right !== undefined && before(right, left)
      const child = rightFirst ? right : left
      if (child === undefined || !before(child, entry)) break
      heap[index] = child
      index = 2 * index + (rightFirst ? 2 : 1)
    }
    heap[index] = entry
  }

  const first = (): Entry | undefined => {
    const top = heap[0]
    const last = heap.pop()
    if (last !== undefined && heap.length > 0) sink(last)
    return top
  }

  return {
    add: (at, run) => {
      const timer: Timer = { at, run, cancelled: false }
      rise({ timer, sequence: sequence++ })
      return timer
    },
    take: () => {
      for (let entry = first(); entry !== undefined; entry = first()) {
        if (!entry.timer.cancelled) return entry.timer
      }
      return undefined
    }
  }
}
