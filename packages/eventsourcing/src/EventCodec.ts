/**
 * Between an aggregate's events and their stored form. The tag becomes the column `type`, the other fields are the
 * JSON `data`. Types and fields are append-only: what cannot be read any more is brought up to date by an upcaster.
 */
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import type { NewEvent } from "./Event.ts"

/** Turns one stored version of an event into the next: its type, its data, or both; throws at what it cannot read. */
export interface Upcaster {
  readonly type: string
  readonly schemaVersion: number
  readonly upcast: (data: unknown) => NewEvent
}

export interface EventCodec<Event> {
  readonly encode: (event: Event) => NewEvent
  readonly decode: (stored: NewEvent) => Either.Either<Event, ParseResult.ParseError>
}

/** `versions` names the current schema version of each event that has ever changed; the others stand at 1. */
export const make = <Event extends { readonly _tag: string }, Encoded extends { readonly _tag: string }>(
  schema: Schema.Schema<Event, Encoded>,
  options?: {
    readonly versions?: Readonly<Record<string, number>>
    readonly upcasters?: ReadonlyArray<Upcaster>
  }
): EventCodec<Event> => {
  const encode = Schema.encodeSync(schema)
  const decode = Schema.decodeUnknownEither(schema)
  const versions = options?.versions ?? {}
  const upcasters = new Map((options?.upcasters ?? []).map((u) => [`${u.type}/${u.schemaVersion}`, u.upcast]))
  const current = (stored: NewEvent): NewEvent => {
    const upcast = upcasters.get(`${stored.type}/${stored.schemaVersion}`)
    return upcast === undefined ? stored : current(upcast(stored.data))
  }
  const upToDate = (stored: NewEvent): Either.Either<NewEvent, ParseResult.ParseError> =>
    Either.try({
      try: () => current(stored),
      catch: (cause) =>
        ParseResult.parseError(new ParseResult.Type(schema.ast, stored, `no upcast: ${cause}`))
    })
  return {
    encode: (event) => {
      const { _tag, ...data } = encode(event)
      return { type: _tag, schemaVersion: versions[_tag] ?? 1, data }
    },
    decode: (stored) =>
      Either.flatMap(
        upToDate(stored),
        ({ data, type }) =>
          decode(typeof data === "object" && data !== null ? { ...data, _tag: type } : { _tag: type })
      )
  }
}
