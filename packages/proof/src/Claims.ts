/** All that a report tries: lanes side by side, in each one stage after the other. */
import * as Effect from "effect/Effect"
import { because } from "./Broken.ts"
import type { Lane } from "./Claim.ts"
import * as Actors from "./ClaimsActors.ts"
import * as Breaker from "./ClaimsBreaker.ts"
import * as Cancel from "./ClaimsCancel.ts"
import * as Orders from "./ClaimsOrders.ts"
import * as Outages from "./ClaimsOutages.ts"
import * as Runners from "./ClaimsRunners.ts"
import * as Safety from "./ClaimsSafety.ts"
import * as Settings from "./ClaimsSettings.ts"
import * as Views from "./ClaimsViews.ts"
import * as Cluster from "./Cluster.ts"
import * as Single from "./Single.ts"
import * as Stage from "./Stage.ts"

/** What one process shows. The bank's moods come last but for the checks of all that was left behind. */
const single = (quick: boolean) =>
  Stage.make(Single.start(), [
    Orders.paid,
    Orders.refused,
    Orders.restored,
    Orders.onePort,
    Orders.validated,
    Orders.misspelt,
    Views.carries,
    Views.traced,
    Actors.inOneLine,
    Actors.sideBySide,
    Cancel.once,
    Cancel.insisting,
    Actors.lostReplies,
    quick ? Actors.balanced : Actors.balancedLong,
    Safety.noGhosts,
    Breaker.neverOpens,
    Breaker.opens,
    Breaker.restGoesOn,
    Breaker.shows,
    Views.rebuilt,
    Safety.promises,
    Safety.control,
    Settings.settings,
    Settings.branches
  ])

/** What only processes of their own show. */
const cluster = Stage.make(
  Cluster.start({ settings: { SAUCIER_PROVIDER_PRESET: "healthy" } }).pipe(
    Effect.mapError(({ message }) => because(message))
  ),
  [
    Outages.away,
    Outages.saysPaid,
    Outages.back,
    Outages.scaled,
    Outages.stillAnswers,
    Runners.grows,
    Runners.hangs,
    Runners.dies,
    Runners.control,
    Runners.replaced,
    Runners.breakerWasOn
  ]
)

export const lanes = (quick: boolean): ReadonlyArray<Lane> => [[single(quick)], [cluster]]
