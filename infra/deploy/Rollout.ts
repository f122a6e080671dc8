/** Brings a release into a cluster: applied, waited for, tried; and taken back when it does not serve. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { because, type Failure } from "../bench/Failure.ts"
import * as Kubectl from "./Kubectl.ts"
import * as Release from "./Release.ts"
import * as Smoke from "./Smoke.ts"

export interface Options extends Release.Release, Smoke.Options {
  /** How long all of it may take to get ready, in kubectl's words. */
  readonly patience: string
}

type Revisions = ReadonlyMap<string, string>

const settled = (names: Iterable<string>, patience: string) =>
  Effect.forEach(
    Array.from(names),
    (name) => Kubectl.run("rollout", "status", `deployment/${name}`, `--timeout=${patience}`),
    { concurrency: "unbounded", discard: true }
  )

/** Only what has changed goes back: an undo of anything else would bring up what was there before it. */
const takenBack = (before: Revisions, after: Revisions, patience: string) =>
  Effect.gen(function*() {
    const changed = Array.from(before).filter(([name, revision]) => after.get(name) !== revision)
    yield* Effect.forEach(
      changed,
      ([name, revision]) => Kubectl.run("rollout", "undo", `deployment/${name}`, `--to-revision=${revision}`)
    )
    yield* settled(changed.map(([name]) => name), patience)
    return changed.map(([name]) => name)
  })

export const rollOut = ({ patience, ...options }: Options): Effect.Effect<void, Failure> =>
  Effect.gen(function*() {
    const folder = yield* Release.folder(options)
    const before = yield* Kubectl.revisions
    yield* Console.log(yield* Kubectl.run("apply", "--kustomize", folder))
    const after = yield* Kubectl.revisions
    const tried = Effect.zipRight(
      settled(after.keys(), patience),
      Effect.scoped(Effect.flatMap(Kubectl.forwarded("saucier"), (base) => Smoke.check(base, options)))
    )
    yield* Effect.catchAll(tried, ({ message }) =>
      Effect.gen(function*() {
        if (before.size === 0) {
          return yield* because(`${message}\nNothing was there before: it stays as it is`)
        }
        yield* Console.error(message)
        const back = yield* Effect.mapError(
          takenBack(before, yield* Kubectl.revisions, patience),
          (failed) => because(`${message}\nand it could not be taken back: ${failed.message}`)
        )
        return yield* because(`${message}\nTaken back: ${back.join(", ")}`)
      }))
    yield* Console.log(`${options.version} serves`)
  }).pipe(Effect.scoped)
