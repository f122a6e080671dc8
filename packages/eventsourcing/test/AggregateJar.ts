/** A jar of sauce: the smallest aggregate that accepts, does nothing, rejects, and records several events at once. */
import type { Decider } from "@saucier/eventsourcing/Decider"
import { StreamId } from "@saucier/eventsourcing/Event"
import * as EventCodec from "@saucier/eventsourcing/EventCodec"
import { CommandId, CommandMeta } from "@saucier/kernel/CommandMeta"
import * as Arbitrary from "effect/Arbitrary"
import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"

const command = { meta: CommandMeta }
const Spoons = Schema.Int.pipe(Schema.between(1, 5))

const Fill = Schema.TaggedStruct("Fill", { ...command, spoons: Spoons })
const Pour = Schema.TaggedStruct("Pour", { ...command, spoons: Spoons })
const Close = Schema.TaggedStruct("Close", command)
const JarCommand = Schema.Union(Fill, Pour, Close)
export type JarCommand = typeof JarCommand.Type

const Filled = Schema.TaggedStruct("Filled", { spoons: Schema.Int })
const Poured = Schema.TaggedStruct("Poured", { spoons: Schema.Int })
const Emptied = Schema.TaggedStruct("Emptied", {})
const Closed = Schema.TaggedStruct("Closed", {})
const JarEvent = Schema.Union(Filled, Poured, Emptied, Closed)
export type JarEvent = typeof JarEvent.Type

export interface Jar {
  readonly spoons: number
  readonly closed: boolean
}

export class JarRejected
  extends Schema.TaggedError<JarRejected>()("JarRejected", { reason: Schema.String })
{}

export const jarCodec = EventCodec.make(JarEvent)
export const jarStream = StreamId.make("jar-1")

export const jarDecider: Decider<JarCommand, JarEvent, Jar, JarRejected> = {
  initial: { spoons: 0, closed: false },
  decide: (command, jar) => {
    if (command._tag === "Close") return Either.right(jar.closed ? [] : [Closed.make({})])
    if (jar.closed) return Either.left(new JarRejected({ reason: "closed" }))
    const { spoons } = command
    if (command._tag === "Fill") return Either.right([Filled.make({ spoons })])
    if (spoons > jar.spoons) return Either.left(new JarRejected({ reason: `only ${jar.spoons}` }))
    return Either.right(
      spoons === jar.spoons ? [Poured.make({ spoons }), Emptied.make({})] : [Poured.make({ spoons })]
    )
  },
  evolve: (jar, event) => {
    switch (event._tag) {
      case "Filled":
        return { ...jar, spoons: jar.spoons + event.spoons }
      case "Poured":
        return { ...jar, spoons: jar.spoons - event.spoons }
      case "Emptied":
        return jar
      case "Closed":
        return { ...jar, closed: true }
    }
  }
}

const meta = (id: string): CommandMeta => ({
  commandId: CommandId.make(id),
  correlationId: "c",
  causationId: null,
  actor: "test",
  at: DateTime.unsafeMake(0)
})

export const fill = (id: string, spoons: number) => Fill.make({ meta: meta(id), spoons })
export const pour = (id: string, spoons: number) => Pour.make({ meta: meta(id), spoons })
export const close = (id: string) => Close.make({ meta: meta(id) })

/** A command's id says what it is, so one id never names two commands; few of them, so that many are repeats. */
const named = (command: JarCommand, n: number): JarCommand => ({
  ...command,
  meta: meta(`${command._tag}/${command._tag === "Close" ? "" : command.spoons}/${n}`)
})

export const anyJarCommand = FastCheck.tuple(
  FastCheck.oneof(
    { weight: 6, arbitrary: Arbitrary.make(Fill) },
    { weight: 6, arbitrary: Arbitrary.make(Pour) },
    { weight: 1, arbitrary: Arbitrary.make(Close) }
  ),
  FastCheck.nat(2)
).map(([command, n]) => named(command, n))
