/** Calls about orders over HTTP, written down with what was answered. */
import { OrderView } from "@saucier/order/OrderHttp"
import type { Call } from "@saucier/simulation/History"
import type { HistoryRecorder } from "@saucier/simulation/HistoryRecorder"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type * as Ask from "./Ask.ts"

class Refused extends Data.TaggedError("Refused")<{ readonly status: number }> {}

const decode = Schema.decodeOption(Schema.parseJson(Schema.Struct({
  id: OrderView.fields.id,
  status: OrderView.fields.status,
  version: OrderView.fields.version
})))

/** The order that an answer shows, if it shows one. */
export const orderIn = ({ status, text }: Ask.Answer) =>
  status >= 200 && status < 300 ? Option.getOrUndefined(decode(text)) : undefined

/** A refusal by the caller's fault is certain; where there was no answer, or a failure, it may have happened. */
export const ask = (
  recorder: HistoryRecorder,
  client: string,
  call: Call,
  asked: Effect.Effect<Ask.Answer>
) =>
  Effect.gen(function*() {
    let last: Ask.Answer | undefined
    yield* recorder.record(
      client,
      call,
      Effect.flatMap(asked, (answer) => {
        last = answer
        const order = orderIn(answer)
        return order === undefined
          ? new Refused({ status: answer.status })
          : Effect.succeed({ orderId: order.id, status: order.status, version: order.version })
      }),
      ({ status }) => status >= 400 && status < 500 ? `${status}` : undefined
    )
    return last ?? (yield* Effect.dieMessage("a call without an answer"))
  })
