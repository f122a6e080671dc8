/** How many orders come in a second, over the last few. */

const seconds = 10

/** Counts in slots of a second; give it every order once, and ask whenever. Times are epoch milliseconds. */
export const make = () => {
  const slots = new Map<number, number>()
  const slotOf = (at: number) => Math.floor(at / 1_000)
  return {
    count: (orders: number, at: number): void => {
      const slot = slotOf(at)
      slots.set(slot, (slots.get(slot) ?? 0) + orders)
      for (const old of slots.keys()) if (old < slot - seconds) slots.delete(old)
    },
    /** Of the full seconds before `at`. */
    perSecond: (at: number): number => {
      const now = slotOf(at)
      let sum = 0
      for (const [slot, orders] of slots) if (slot < now && slot >= now - seconds) sum += orders
      return sum / seconds
    }
  }
}
export type Rate = ReturnType<typeof make>
