import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** What happens to the processes, as it happens. */
export type News =
  | { readonly _tag: "Started"; readonly name: string; readonly pid: number }
  | { readonly _tag: "Ready"; readonly name: string; readonly url: string | null }
  | { readonly _tag: "Unready"; readonly name: string }
  | { readonly _tag: "Hung"; readonly name: string }
  | { readonly _tag: "Ended"; readonly name: string; readonly how: string; readonly againMillis: number }
  | { readonly _tag: "Stopped"; readonly name: string }
  | { readonly _tag: "Forced"; readonly name: string }
  | { readonly _tag: "LeftOver"; readonly name: string }
  | { readonly _tag: "Scaled"; readonly name: string; readonly from: number; readonly to: number }

export class SupervisorNews extends Context.Tag("@saucier/app-saucier/SupervisorNews")<SupervisorNews, {
  readonly tell: (news: News) => Effect.Effect<void>
}>() {}
