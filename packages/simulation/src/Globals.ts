/**
 * What libraries take from the process without asking a service, from the world while it runs: the date, chance, and timers.
 * A timer of the process would fire outside the world: asking for one is a bug. Only `Effect.never` may, which keeps a
 * process alive by an interval that does nothing, and would keep whole worlds in memory.
 */
import type { World } from "./World.ts"
import { epoch } from "./World.ts"

export class Escape extends Error {}

const replaced = (target: object, name: string, value: unknown): () => void => {
  const before = Object.getOwnPropertyDescriptor(target, name)
  Object.defineProperty(target, name, { configurable: true, writable: true, value })
  return () => {
    if (before === undefined) Reflect.deleteProperty(target, name)
    else Object.defineProperty(target, name, before)
  }
}

export const during = <A>(world: Pick<World, "elapsed" | "chance">, body: () => A): A => {
  const { next } = world.chance("globals")
  const uuid = () => `00000000-0000-4000-8000-${Math.floor(next() * 2 ** 48).toString(16).padStart(12, "0")}`
  const escape = (what: string) => () => {
    throw new Escape(`${what} would escape from the simulated world`)
  }
  const restore = [
    replaced(globalThis, "setInterval", () => 0),
    replaced(globalThis, "setTimeout", escape("setTimeout")),
    replaced(globalThis, "setImmediate", escape("setImmediate")),
    replaced(Math, "random", next),
    replaced(Date, "now", () => epoch + world.elapsed()),
    replaced(globalThis.crypto, "randomUUID", uuid)
  ]
  try {
    return body()
  } finally {
    for (const undo of restore) undo()
  }
}
