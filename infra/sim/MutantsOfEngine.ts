/** Faults below the domain: versions, repeats, positions, checkpoints, and what a store promises. */
import type { Mutant } from "./Mutant.ts"

const aggregate = "packages/eventsourcing/src/Aggregate.ts"
const feed = "packages/eventsourcing/src/PagedFeed.ts"
const policy = "packages/eventsourcing/src/Policy.ts"
const tasks = "packages/eventsourcing/src/SubscriptionTasks.ts"
const store = "packages/simulation/src/ContextServer.ts"
const recent = "packages/eventstore-sql/src/RecentEvents.ts"
const group = "packages/eventstore-sql/src/GroupCommit.ts"
const sqlite = "packages/eventstore-sql/src/SqliteTransaction.ts"
const ports = "packages/simulation/src/ContextStore.ts"

export const mutantsOfEngine: ReadonlyArray<Mutant> = [
  {
    name: "no-version-check",
    fault: "the store appends whatever version the writer had in mind",
    patches: [{ file: store, from: `if (stream.length !== expected) {`, to: `if (expected < 0) {` }]
  },
  {
    name: "no-dedupe",
    fault: "neither store nor actor knows a repeated command",
    patches: [
      { file: store, from: `if (before.length > 0) {`, to: `if (before.length > 1_000) {` },
      {
        file: aggregate,
        from: `if (recordedCommands.has(command.meta.commandId)) return { snapshot, appended: false }`,
        to: `if (recordedCommands.has("")) return { snapshot, appended: false }`
      }
    ]
  },
  {
    name: "acknowledged-before-the-disk",
    fault: "a commit is answered before it is on the disk",
    patches: [{
      file: store,
      from: `    }, true)
    world.note`,
      to: `    }, false)
    world.note`
    }]
  },
  {
    name: "acknowledged-before-the-append",
    fault: "an actor answers while its append is still under way",
    patches: [{
      file: aggregate,
      from: `      const appended = yield* store.append({`,
      to:
        `      const early = { snapshot: { state: events.reduce((state, event) => decider.evolve(state, event), state), version: Version.make(version + events.length) }, appended: true }
      if (events.length > 0) { snapshot = early.snapshot; settled = doubts; yield* Effect.forkDaemon(Effect.ignore(store.append({ streamId, expected: version, commandId: command.meta.commandId, events: events.map(codec.encode), meta: metaOf(command.meta, traceparent, runner) }))); return early }
      const appended = yield* store.append({`
    }]
  },
  {
    name: "cursor-skips",
    fault: "a page does not wait for transactions that began earlier and commit later",
    patches: [{
      file: store,
      from: `Number(position) < oldest && given`,
      to: `oldest > 0 && given`
    }]
  },
  {
    name: "resumes-one-too-far",
    fault: "who comes back to a feed misses one event",
    patches: [{
      file: feed,
      from: `        let position = after\n`,
      to: `        let first = after !== ""\n        let position = after\n`
    }, {
      file: feed,
      from: `            position = last.position
            return Effect.map(Monotonic.millis, (now) => {
              readAt = now
              return events
            })`,
      to: `            position = last.position
            return Effect.map(Monotonic.millis, (now) => {
              readAt = now
              const skipped = first && events.length > 1 ? events.slice(1) : events
              first = false
              return skipped
            })`
    }]
  },
  {
    name: "checkpoint-before-effect",
    fault: "an event counts as handled when its handling begins",
    patches: [{ file: policy, from: `      unfinished.add(mark)\n`, to: `` }]
  },
  {
    name: "gives-up-at-once",
    fault: "an event whose handling fails is dropped",
    patches: [{
      file: tasks,
      from: `          attempts += 1
          if (poison === null`,
      to: `          attempts += 1
          dropped = true
          if (poison === null`
    }, {
      file: tasks,
      from: `      let poison: string | null = null
      return {
        work: () => {`,
      to: `      let poison: string | null = null
      let dropped = false
      return {
        work: () => {
          if (dropped) return undefined`
    }]
  },
  {
    name: "rows-without-checkpoint",
    fault: "rows of a read model are lost when the transaction that moves the checkpoint is",
    patches: [{
      file: ports,
      from: `            for (const one of changes) one(tables)
            tables.checkpoints.set(subscription, position)`,
      to: `            tables.checkpoints.set(subscription, position)
            if (position.length % 2 === 0) return
            for (const one of changes) one(tables)`
    }]
  },
  {
    name: "tail-skips",
    fault: "of what SQLite's store has in memory one event is left out where a page begins in its midst",
    sqlite: true,
    patches: [{
      file: recent,
      from: `kept.slice(from, from + limit)`,
      to: `kept.slice(missing > 1 && from > 0 ? from + 1 : from, from + limit)`
    }]
  },
  {
    name: "answers-mixed-up",
    fault: "those whose appends share a commit are given each other's answers",
    sqlite: true,
    patches: [{
      file: group,
      from: `reply(replies[index] ??`,
      to: `reply(replies[replies.length - 1 - index] ??`
    }]
  },
  {
    name: "never-commits",
    fault: "a transaction of SQLite is answered and rolled back",
    sqlite: true,
    patches: [{
      file: sqlite,
      from: `["BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"]`,
      to: `["BEGIN IMMEDIATE", "ROLLBACK", "ROLLBACK"]`
    }]
  }
]
