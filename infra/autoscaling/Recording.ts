/** What the processes of payment told while a load came and went. */
import * as Schema from "effect/Schema"

export const Moment = Schema.Struct({
  /** Milliseconds since the recording began. */
  at: Schema.Int,
  processes: Schema.Array(Schema.Struct({
    index: Schema.Int,
    pid: Schema.NullOr(Schema.Int),
    ready: Schema.Boolean,
    cpuSeconds: Schema.NullOr(Schema.Number),
    providerCalls: Schema.NullOr(Schema.Number)
  }))
})
export type Moment = typeof Moment.Type

export const Recording = Schema.Struct({
  /** Orders a second, at the stand-in's preset, from and to milliseconds since the recording began. */
  load: Schema.Struct({ rate: Schema.Number, preset: Schema.String, from: Schema.Int, to: Schema.Int }),
  moments: Schema.Array(Moment)
})
export type Recording = typeof Recording.Type
