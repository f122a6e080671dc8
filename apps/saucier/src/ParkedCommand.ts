import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import type { ParkedView } from "@saucier/assembly/OperatorHttp"
import type { ParkedRequest } from "@saucier/eventsourcing/ParkedEvents"
import { ExitCode } from "@saucier/runtime/ExitCode"
import Table from "cli-table3"
import * as Arr from "effect/Array"
import * as Console from "effect/Console"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Colours from "./Colours.ts"
import { CommandFailed } from "./CommandFailed.ts"
import * as CommonOptions from "./CommonOptions.ts"
import * as Server from "./Server.ts"
import type { Texts } from "./TextsEn.ts"

type Parked = typeof ParkedView.Type

/** What one subscription has parked of one stream: the event that failed, and those that wait behind it. */
const lanesOf = (items: ReadonlyArray<Parked>) =>
  Object.values(Arr.groupBy(items, ({ event, subscription }) => `${subscription} ${event.streamId}`))

const rowOf = ([head, ...behind]: Arr.NonEmptyReadonlyArray<Parked>) => [
  head.context,
  head.subscription,
  head.event.streamId,
  `${head.event.type} v${head.event.version}`,
  behind.length,
  head.tries,
  DateTime.formatIso(DateTime.unsafeMake(head.parkedAt)),
  head.error ?? ""
]

const tableOf = (texts: Texts, items: ReadonlyArray<Parked>) => {
  const table = new Table({ head: texts.parked.headers, style: { head: [], border: [] } })
  table.push(...lanesOf(items).map(rowOf))
  return table.toString()
}

const usage = (message: string) => Effect.fail(new CommandFailed({ exitCode: ExitCode.usage, message }))

export const make = (texts: Texts) => {
  const listParked = (server: Server.Server) =>
    Effect.map(server.ask(server.api.operator.listParked({})), ({ items }) => items)

  const list = Command.make("list", {
    url: CommonOptions.url(texts),
    json: CommonOptions.json(texts)
  }, ({ json, url }) =>
    Effect.gen(function*() {
      const items = yield* listParked(yield* Server.make(texts, url))
      if (json) return yield* Console.log(JSON.stringify(items))
      return yield* Console.log(items.length === 0 ? texts.parked.none : tableOf(texts, items))
    })).pipe(Command.withDescription(texts.parked.list))

  const ask =
    (server: Server.Server, request: ParkedRequest) => (lane: Arr.NonEmptyReadonlyArray<Parked>) => {
      const [{ context, event: { streamId }, subscription }] = lane
      return Effect.zipRight(
        server.ask(
          server.api.operator.serveParked({ payload: { context, subscription, streamId, request } })
        ),
        Console.log(`${Colours.green("✓")} ${subscription} ${streamId} ${texts.parked.asked[request]}`)
      )
    }

  const serve = (
    request: ParkedRequest,
    given: Option.Option<string>,
    wanted: Option.Option<{ readonly subscription: string; readonly stream: string }>
  ) =>
    Effect.gen(function*() {
      const server = yield* Server.make(texts, given)
      const lanes = lanesOf(yield* listParked(server))
      if (Option.isNone(wanted)) {
        if (lanes.length === 0) yield* Console.log(texts.parked.none)
        return yield* Effect.forEach(lanes, ask(server, request), { discard: true })
      }
      const { stream, subscription } = wanted.value
      const lane = lanes.find(([head]) =>
        head.subscription === subscription && head.event.streamId === stream
      )
      return lane === undefined
        ? yield* new CommandFailed({
          exitCode: ExitCode.failure,
          message: texts.parked.unknown(subscription, stream)
        })
        : yield* ask(server, request)(lane)
    })

  const lane = {
    url: CommonOptions.url(texts),
    subscription: Args.text({ name: "subscription" }).pipe(
      Args.withDescription(texts.parked.subscription),
      Args.optional
    ),
    stream: Args.text({ name: "stream" }).pipe(Args.withDescription(texts.parked.stream), Args.optional)
  }
  const all = Options.boolean("all").pipe(Options.withDescription(texts.parked.all))

  const retry = Command.make("retry", { ...lane, all }, ({ all, stream, subscription, url }) => {
    const named = Option.all({ stream, subscription })
    return all === (Option.isSome(subscription) || Option.isSome(stream)) || all === Option.isSome(named)
      ? usage(texts.parked.which)
      : serve("retry", url, named)
  }).pipe(Command.withDescription(texts.parked.retry))

  // Dropping everything at once has no command: each is a fact that some aggregate will never learn.
  const skip = Command.make(
    "skip",
    lane,
    ({ stream, subscription, url }) =>
      Option.match(Option.all({ stream, subscription }), {
        onNone: () => usage(texts.parked.whichOne),
        onSome: (named) => serve("skip", url, Option.some(named))
      })
  ).pipe(Command.withDescription(texts.parked.skip))

  return Command.make("parked").pipe(
    Command.withDescription(texts.parked.about),
    Command.withSubcommands([list, retry, skip])
  )
}
