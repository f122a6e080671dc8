import { subjectOf } from "./Evidence.ts"
import * as Check from "./Violation.ts"

/** What was acknowledged or shown to anybody stands in the log, at least as far as it was shown. */
export const durability = Check.make("durability", "P1", function*({ history, orders }) {
  const versions = new Map<string, number>()
  for (const { streamId } of orders) {
    if (streamId.startsWith("order-")) {
      versions.set(subjectOf(streamId), (versions.get(subjectOf(streamId)) ?? 0) + 1)
    }
  }
  for (const { call, outcome } of history) {
    if (outcome._tag !== "Ok") continue
    const { orderId, version } = outcome.seen
    const stands = versions.get(subjectOf(orderId)) ?? 0
    if (stands < version) {
      yield [orderId, `${call._tag} showed version ${version}, and the log has ${stands}`]
    }
  }
})
