import * as Context from "effect/Context"

/** One answered request of the API; `at` is when it was answered, in epoch milliseconds. */
export interface Answered {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly seconds: number
  readonly at: number
}

/** Told of each request of the API that was answered. */
export class RequestMeter extends Context.Reference<RequestMeter>()("@saucier/runtime/RequestMeter", {
  defaultValue: (): { readonly answered: (request: Answered) => void } => ({ answered: () => {} })
}) {}
