/** All that a report tries: lanes side by side, in each one stage after the other, so that one cluster stands at a time. */
import * as Effect from "effect/Effect"
import { because } from "./Broken.ts"
import type { Lane } from "./Claim.ts"
import * as Actors from "./ClaimsActors.ts"
import * as Breaker from "./ClaimsBreaker.ts"
import * as Cancel from "./ClaimsCancel.ts"
import * as Engines from "./ClaimsEngines.ts"
import * as Orders from "./ClaimsOrders.ts"
import * as Outages from "./ClaimsOutages.ts"
import * as Poison from "./ClaimsPoison.ts"
import * as Replay from "./ClaimsReplay.ts"
import * as Runners from "./ClaimsRunners.ts"
import * as Safety from "./ClaimsSafety.ts"
import * as Scaling from "./ClaimsScaling.ts"
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

/** What subscribers make of events that come again, in another order, or damaged; its storage is edited while it stands. */
const replay = (quick: boolean) =>
  Stage.make(Single.start({ SAUCIER_PROVIDER_PRESET: "instant" }), [
    Replay.thrice,
    Replay.onceDelivered,
    Replay.paidFirst,
    quick ? Replay.anyOrder : Replay.everyOrder,
    Poison.oneStops,
    Replay.unforeseen
  ])

const cluster = (options: Cluster.Options) =>
  Effect.mapError(Cluster.start(options), ({ message }) => because(message))

/** What only processes of their own show. */
const processes = Stage.make(
  cluster({ settings: { SAUCIER_PROVIDER_PRESET: "healthy" } }),
  [
    Engines.eachWhereItIsSet,
    Runners.hangs,
    Outages.stillAnswers,
    Outages.away,
    Outages.saysPaid,
    Outages.back,
    Outages.scaled,
    Runners.grows,
    Runners.dies,
    Runners.control,
    Runners.replaced,
    Runners.breakerWasOn
  ]
)

/** The breaker shall not take a slow bank for a broken one: here the calls shall pile up. */
const scaling = Stage.make(
  cluster({
    autoscale: true,
    settings: { SAUCIER_PROVIDER_PRESET: "slow", SAUCIER_BREAKER_SLOW_CALL: "10 seconds" }
  }),
  [Scaling.follows]
)

export const lanes = (
  quick: boolean
): ReadonlyArray<Lane> => [[single(quick)], [replay(quick)], [scaling, processes]]
