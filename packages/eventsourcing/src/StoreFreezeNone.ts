/** Of a process that keeps nothing in files. */
import * as Effect from "effect/Effect"
import { EventStoreUnavailable } from "./EventStore.ts"
import { FreezeOver, StoreFreeze } from "./StoreFreeze.ts"

export const none = StoreFreeze.of({
  files: Effect.succeed([]),
  freeze: new EventStoreUnavailable({
    store: "files",
    reason: "unreachable",
    detail: "this process keeps nothing in files"
  }),
  renew: (id) => new FreezeOver({ id }),
  thaw: (id) => new FreezeOver({ id })
})
