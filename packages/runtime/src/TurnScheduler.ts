import * as Scheduler from "effect/Scheduler"

/** As many steps as Effect's default; a reference that each step of each fiber looked up would cost as much as a step. */
const stepsBeforeYield = 2048

/**
 * Fibers run once per turn of the event loop instead of in microtasks, which come before all I/O: requests that have
 * arrived get their turn, and their appends share a commit (docs/adr/0013).
 */
export const scheduler: Scheduler.Scheduler = Scheduler.makeBatched(
  (run) => setImmediate(run),
  (fiber) => fiber.currentOpCount > stepsBeforeYield ? 0 : false
)
