/**
 * The live stream of changed rows, once per browser: the tab that holds the lock holds the stream and tells the others;
 * when it goes, the next one resumes after the last change that it was told of, so that nobody misses any.
 */
import type { Row } from "../api/Dashboard.ts"
import * as Value from "../ui/Value.ts"
import type { Change, Liveness, News } from "./Change.ts"
import * as Connection from "./Connection.ts"
import * as Meanwhile from "./Meanwhile.ts"

type OnChanges = (changes: ReadonlyArray<Change>) => void

const listeners = new Set<OnChanges>()
const liveness = Value.make<Liveness>({ _tag: "connecting" })
const frame = Value.make(0)
const resets = Value.make(0)

let lastSeq: number | null = null
let holds = false
let waiting: Array<Change> = []
let channel: BroadcastChannel | null = null

const flush = () => {
  const changes = waiting
  waiting = []
  for (const listener of listeners) listener(changes)
  frame.set(frame.get() + 1)
}

/** Changes of one frame are drawn at once, however many there are; a hidden tab draws now and then. */
const take = (changes: ReadonlyArray<Change>) => {
  const before = lastSeq ?? -1
  const fresh = changes.filter(({ seq }) => seq > before)
  const last = fresh.at(-1)
  if (last === undefined) return
  lastSeq = last.seq
  const idle = waiting.length === 0
  waiting.push(...fresh)
  if (!idle) return
  if (document.hidden) setTimeout(flush, 250)
  else requestAnimationFrame(flush)
}

const reset = () => {
  lastSeq = null
  resets.set(resets.get() + 1)
}

const tell = (news: News) => channel?.postMessage(news)

const hear = (news: News) => {
  switch (news._tag) {
    case "changes":
      return take(news.changes)
    case "liveness":
      return liveness.set(news.liveness)
    case "reset":
      return reset()
    case "hello":
      return holds ? tell({ _tag: "liveness", liveness: liveness.get() }) : undefined
  }
}

/** Holds the stream until the tab goes. */
const hold = (): Promise<never> => {
  holds = true
  Connection.open({
    after: () => lastSeq,
    onChanges: (changes) => {
      tell({ _tag: "changes", changes })
      take(changes)
    },
    onLiveness: (next) => {
      liveness.set(next)
      tell({ _tag: "liveness", liveness: next })
    },
    onReset: () => {
      reset()
      tell({ _tag: "reset" })
    }
  })
  return new Promise(() => {})
}

/** Without locks, as on plain HTTP from another machine, each tab has a stream of its own. */
export const start = (): void => {
  if (!("locks" in navigator)) {
    void hold()
    return
  }
  channel = new BroadcastChannel("saucier.feed")
  channel.addEventListener("message", (event: MessageEvent<News>) => hear(event.data))
  tell({ _tag: "hello" })
  void navigator.locks.request("saucier.feed", hold)
}

/** Calls with the changes of each frame, until the returned function is called. */
export const onChanges = (listener: OnChanges): () => void => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Asks for what the feed may overtake: what it said meanwhile is newer than the answer. */
export const during = <A>(ask: () => Promise<A>) => Meanwhile.during(onChanges, ask)

export const onRow = (orderId: string, listener: (row: Row) => void): () => void =>
  onChanges((changes) => {
    const last = changes.findLast(({ row }) => row.orderId === orderId)
    if (last !== undefined) listener(last.row)
  })

export const useLiveness = (): Liveness => Value.useValue(liveness)

/** Rises with each frame that brought changes. */
export const useFrame = (): number => Value.useValue(frame)

/**
 * Calls when changes may have been missed: a stream that comes back resumes after the last change it brought, but one
 * that had brought none yet, or whose server counts anew, cannot.
 */
export const onGap = (listener: () => void): () => void => {
  let before = liveness.get()._tag
  const unwatch = [
    resets.watch(listener),
    liveness.watch(() => {
      const now = liveness.get()._tag
      if (now === "live" && before !== "live" && lastSeq === null) listener()
      before = now
    })
  ]
  return () => unwatch.forEach((stop) => stop())
}
