/** An HTTP application at an address that can be left and taken again. */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import type * as HttpApp from "@effect/platform/HttpApp"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as NodeListener from "@saucier/runtime/NodeListener"
import * as Data from "effect/Data"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"

export class AddressTaken extends Data.TaggedError("AddressTaken")<{
  readonly message: string
  readonly exitCode: ExitCode
}> {}

const addressTaken = (key: string) => ({ code, host, port }: NodeListener.ListenFailed) =>
  new AddressTaken({
    exitCode: ExitCode.unavailable,
    message: `Cannot listen on ${host}:${port} (${code}). Choose another port with ${key}.`
  })

export interface Options {
  readonly host: string
  readonly port: number
  /** The setting that chooses another port. */
  readonly key: string
}

/** Listens; `leave` drops all connections at once and refuses new ones, `take` comes back to the same port. */
export const make = <E, R>(app: HttpApp.Default<E, R>, { host, key, port }: Options) =>
  Effect.gen(function*() {
    const handler = yield* NodeHttpServer.makeHandler(app)
    const open = (port: number) =>
      Effect.suspend(() => {
        const listener = NodeListener.make(handler)
        return Effect.map(NodeListener.listen(listener, host, port), (address) => ({ listener, address }))
      }).pipe(Effect.mapError(addressTaken(key)))

    const first = yield* open(port)
    const { address: { address, family, port: taken } } = first
    const current = yield* Ref.make(Option.some(first.listener))
    const alone = yield* Effect.makeSemaphore(1)
    const close = (deadline: Duration.DurationInput) =>
      Effect.flatMap(
        Ref.getAndSet(current, Option.none()),
        Option.match({
          onNone: () => Effect.void,
          onSome: (listener) => NodeListener.close(listener, deadline)
        })
      ).pipe(Effect.uninterruptible, alone.withPermits(1))
    yield* Effect.addFinalizer(() => close("3 seconds"))

    return {
      port: taken,
      url: `http://${family === "IPv6" ? `[${address}]` : address}:${taken}`,
      leave: close(0),
      take: Effect.gen(function*() {
        if (Option.isSome(yield* Ref.get(current))) return
        const { listener } = yield* open(taken)
        yield* Ref.set(current, Option.some(listener))
      }).pipe(Effect.uninterruptible, alone.withPermits(1))
    }
  })
