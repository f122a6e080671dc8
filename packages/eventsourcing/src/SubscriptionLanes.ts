/** Runs tasks in order per aggregate, and aggregates side by side. */
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as MutableQueue from "effect/MutableQueue"
import type { StreamId } from "./Event.ts"

export interface LaneTask {
  /** What to do now, or undefined for nothing. After a failure it is asked again. */
  readonly work: () => Effect.Effect<void, unknown> | undefined
  readonly done: () => void
  /** Keeps the books of a failure and takes the pause before the next attempt; only this lane waits. */
  readonly failed: (cause: Cause.Cause<unknown>) => Effect.Effect<void>
}

export interface SubscriptionLanes {
  readonly add: (streamId: StreamId, task: LaneTask) => void
  /** To be called after some were added: one worker does many tasks that wait for nothing. */
  readonly start: () => void
}

interface Lane {
  readonly streamId: StreamId
  readonly tasks: Array<LaneTask>
}

/**
 * A lane exists while its aggregate has tasks. It is either ready, taken by one of at most `concurrency` workers, or
 * pausing after a failure. Workers exist while lanes are ready, and take one task of each lane in turn.
 */
export const make = (concurrency: number) =>
  Effect.map(FiberSet.makeRuntime<never>(), (fork): SubscriptionLanes => {
    const lanes = new Map<StreamId, Lane>()
    const ready = MutableQueue.unbounded<Lane>()
    let workers = 0

    const settle = (lane: Lane, task: LaneTask) => {
      lane.tasks.shift()
      if (lane.tasks.length === 0) lanes.delete(lane.streamId)
      else MutableQueue.offer(ready, lane)
      task.done()
    }

    const step = Effect.suspend(() => {
      const lane = MutableQueue.poll(ready, undefined)
      const task = lane?.tasks[0]
      if (lane === undefined || task === undefined) return Effect.void
      return Effect.matchCause(Effect.suspend(() => task.work() ?? Effect.void), {
        onSuccess: () => settle(lane, task),
        onFailure: (cause) => {
          fork(Effect.map(task.failed(cause), () => {
            MutableQueue.offer(ready, lane)
            hire()
          }))
        }
      })
    })

    // The last look and the leaving are one step, lest a lane become ready in between and find nobody.
    const stays = () => {
      if (!MutableQueue.isEmpty(ready)) return true
      workers -= 1
      return false
    }
    const worker = Effect.whileLoop({ while: stays, body: () => step, step: () => {} })

    const hire = () => {
      while (workers < concurrency && !MutableQueue.isEmpty(ready)) {
        workers += 1
        fork(worker)
      }
    }

    return {
      add: (streamId, task) => {
        const lane = lanes.get(streamId)
        if (lane !== undefined) {
          lane.tasks.push(task)
          return
        }
        const opened = { streamId, tasks: [task] }
        lanes.set(streamId, opened)
        MutableQueue.offer(ready, opened)
      },
      start: hire
    }
  })
