/**
 * Ids as people see them: `ord_01h455vb4pex5vsknk084sn02q`, a prefix and a UUIDv7 in Crockford's base 32
 * (https://github.com/jetify-com/typeid). They sort by the millisecond of their making, which keeps index pages warm.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

const digits = (value: number, count: number): string =>
  count === 0 ? "" : digits(Math.floor(value / 32), count - 1) + alphabet.charAt(value % 32)

/** The 26 digits of a new id: 48 bits of time, version 7, 12 random bits, variant 2, 62 random bits. */
export const generate: Effect.Effect<string> = Effect.gen(function*() {
  const millis = yield* Clock.currentTimeMillis
  const a = yield* Random.nextIntBetween(0, 2 ** 12)
  const b = yield* Random.nextIntBetween(0, 2 ** 2)
  const c = yield* Random.nextIntBetween(0, 2 ** 30)
  const d = yield* Random.nextIntBetween(0, 2 ** 30)
  const versioned = (7 * 2 ** 12 + a) * 16 + 2 * 4 + b
  return digits(millis, 10) + digits(versioned, 4) + digits(c, 6) + digits(d, 6)
})

/** When an id was made, in epoch milliseconds. */
export const madeAt = (id: string): number =>
  Array.from(suffixOf(id).slice(0, 10)).reduce((millis, digit) => millis * 32 + alphabet.indexOf(digit), 0)

/** The schema of an id with this prefix. */
export const schema = <const Prefix extends string>(prefix: Prefix) =>
  Schema.TemplateLiteral(Schema.Literal(`${prefix}_`), Schema.String).pipe(
    Schema.pattern(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), {
      message: () => `must look like ${prefix}_01h455vb4pex5vsknk084sn02q`,
      arbitrary: () => (fc) =>
        fc.stringMatching(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/).map((suffix): `${Prefix}_${string}` =>
          `${prefix}_${suffix}`
        )
    })
  )

/** The part after the prefix: aggregates that belong together (an order, its payment, its delivery) share it. */
export const suffixOf = (id: string): string => id.slice(id.indexOf("_") + 1)
