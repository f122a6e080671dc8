import * as Check from "./Violation.ts"

/** Each reader is given every event after the place it asked for: repeats are allowed, gaps and steps forward are not. */
export const readings = Check.make("readings", "P6", function*({ readings }) {
  for (const { from, log, reader, received } of readings) {
    let last = from
    for (const place of received) {
      if (place > last + 1) yield [reader, `${place} came after ${last}`]
      if (place <= from) yield [reader, `${place} was not asked for: it wanted what follows ${from}`]
      last = Math.max(last, place)
    }
    if (last < log) yield [reader, `it was left at ${last} of ${log}`]
  }
})
