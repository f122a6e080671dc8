/**
 * Signatures of webhooks after the Standard Webhooks specification: HMAC-SHA256 over id, time and the raw body, as
 * `v1,<base64>`; a message may carry several, divided by spaces, while secrets are rotated.
 */
import * as Redacted from "effect/Redacted"
import { createHmac, timingSafeEqual } from "node:crypto"

export interface Signed {
  readonly id: string
  /** Seconds since the epoch, as sent. */
  readonly timestamp: string
  readonly body: string
}

const prefix = "whsec_"

const keyOf = (secret: Redacted.Redacted) => {
  const text = Redacted.value(secret)
  return text.startsWith(prefix) ? Buffer.from(text.slice(prefix.length), "base64") : Buffer.from(text)
}

export const sign = (secret: Redacted.Redacted, { body, id, timestamp }: Signed): string =>
  `v1,${createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest("base64")}`

const same = (a: string, b: string) => {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Whether one of the signatures was made with one of the secrets. */
export const verify = (
  secrets: ReadonlyArray<Redacted.Redacted>,
  signatures: string,
  signed: Signed
): boolean => {
  const expected = secrets.map((secret) => sign(secret, signed))
  return signatures.split(" ").some((signature) => expected.some((one) => same(one, signature)))
}
