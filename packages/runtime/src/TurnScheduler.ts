import * as Scheduler from "effect/Scheduler"

/**
 * Fibers run once per turn of the event loop instead of in microtasks, which come before all I/O: requests that have
 * arrived get their turn, and their appends share a commit (docs/adr/0013).
 */
export const scheduler: Scheduler.Scheduler = Scheduler.makeBatched((run) => setImmediate(run))
