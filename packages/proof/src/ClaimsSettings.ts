/** Settings that are believed only when they are right, and keys that open what they shall. */
import * as Effect from "effect/Effect"
import * as Ask from "./Ask.ts"
import * as Callers from "./Callers.ts"
import * as Claim from "./Claim.ts"
import * as Finding from "./Finding.ts"
import * as Launch from "./Launch.ts"
import * as Place from "./Place.ts"
import * as Single from "./Single.ts"

const { equal } = Finding

export const settings = Claim.make<Single.Single>("8.1", () =>
  Effect.scoped(Effect.gen(function*() {
    const wrong = { SAUCIER_DATA_DIR: yield* Place.folder, SAUCIER_PROVIDER_TIMEOUT: "soon" }
    const [bad, { base }] = yield* Effect.all([
      Launch.toEnd(["start"], wrong),
      Single.start({ SAUCIER_PROVIDER_PRESET: "decline" })
    ], { concurrency: 2 })
    const order = yield* Ask.ask(`${base}/orders`, { body: Callers.goods })
    return {
      checks: [
        equal("exit code", bad.code ?? -1, 78),
        equal("named", bad.said.includes("SAUCIER_PROVIDER_TIMEOUT") ? "yes" : "no", "yes"),
        equal("status before a bank that declines", order.status, 402)
      ]
    }
  })))

/** As an operator makes a key: what to show, and what to put into the settings. */
const key = (name: string, ...parameters: ReadonlyArray<string>) =>
  Effect.map(Launch.toEnd(["key", name, ...parameters]), ({ said }) => ({
    bearer: { authorization: `Bearer ${/sk_\S+/.exec(said)?.[0] ?? ""}` },
    entry: new RegExp(`${name}:\\S+:[0-9a-f]{64}`).exec(said)?.[0] ?? ""
  }))

export const branches = Claim.make<Single.Single>("C7", () =>
  Effect.scoped(Effect.gen(function*() {
    const [one, two] = yield* Effect.all([
      key("shop-1", "--role", "branch", "--branch", "1"),
      key("shop-2", "--role", "branch", "--branch", "2")
    ], { concurrency: 2 })
    const { base } = yield* Single.start({
      SAUCIER_AUTH_KEYS: `${one.entry},${two.entry}`,
      SAUCIER_PROVIDER_PRESET: "instant"
    })
    const made = yield* Ask.ask(`${base}/orders`, { body: Callers.goods, headers: one.bearer })
    const order = `${base}/orders/${Callers.idOf(made.text)}`
    const read = (headers: Record<string, string>) =>
      Effect.map(Ask.ask(order, { headers }), ({ status }) => status)
    const cancel = yield* Ask.ask(`${order}/cancel`, { body: { reason: "report" }, headers: two.bearer })
    const rows = yield* Ask.ask(`${base}/orderDashboards`, { headers: two.bearer })
    return {
      checks: [
        equal("status", made.status, 201),
        equal("read by its branch", yield* read(one.bearer), 200),
        equal("read by another", yield* read(two.bearer), 404),
        equal("read by nobody", yield* read({}), 401),
        equal("cancelled by another", cancel.status, 404),
        equal("rows that another sees", rows.text.split(`"orderId"`).length - 1, 0)
      ]
    }
  })))
