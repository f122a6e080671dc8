/** The house's inner walls: which file may import which. Sees import paths, not names. */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { globSync } from "tinyglobby"

const contexts = ["order", "payment", "delivery"]
const inContext = `packages/(${[...contexts, "dashboard"].join("|")})/src/`

/** A rule holds for files whose path matches `from`; their imports must match `only`, and must not match `never`. */
interface Rule {
  readonly name: string
  readonly from: RegExp
  readonly only?: RegExp
  readonly never?: RegExp
}

const rules: ReadonlyArray<Rule> = [
  {
    name: "a decider imports data types, the kernel, Decider and its own language, nothing that acts",
    from: /Decider\.ts$/,
    only:
      /^(effect\/(Either|Option|Array|Schema|DateTime|Match|Order|Equal)|@saucier\/kernel\/.+|@saucier\/eventsourcing\/Decider|\.\/[A-Z]\w+\.ts)$/,
    never: /(Entity|Live|Http|Feed|Policies|Provider\w*)\.ts$/
  },
  {
    name: "a language knows the kernel and no other context",
    from: new RegExp(`${inContext}(Order|Payment|Delivery)\\.ts$`),
    only: /^(effect\/|@saucier\/kernel\/)/
  },
  {
    name: "the kernel stands on effect alone",
    from: /^packages\/kernel\/src\//,
    only: /^(effect\/|node:crypto$|\.\/)/
  },
  {
    name: "resilience is usable without the rest",
    from: /^packages\/resilience\/src\//,
    only: /^(effect\/|\.\/)/
  },
  {
    name: "the engine knows no context, no database and no process",
    from: /^packages\/eventsourcing\/src\//,
    only: /^(effect\/|@effect\/(cluster|rpc)\/|@saucier\/kernel\/|\.\/)/
  },
  {
    name: "a read model speaks SQL and knows no driver and no context",
    from: /^packages\/readmodel\/src\//,
    only: /^(effect\/|@effect\/sql\/|@saucier\/eventsourcing\/|\.\/)/
  },
  {
    name: "a context chooses no database, no driver, no process and no assembly",
    from: new RegExp(`^${inContext}`),
    never:
      /^(@effect\/(sql-|platform-node)|better-sqlite3|@saucier\/(runtime|assembly|eventstore-sql|app-)|node:(?!crypto))/
  },
  {
    name: "the runtime has no domain word inside",
    from: /^packages\/runtime\/src\//,
    never: /^@saucier\/(order|payment|delivery|dashboard|assembly|app-)/
  },
  {
    name: "the stand-in provider is a party of its own: only apps choose it, and the simulated world",
    from: /^packages\/(?!provider\/|simulation\/)[^/]+\/src\//,
    never: /^@saucier\/provider(\/|$)/
  },
  { name: "packages know no app", from: /^packages\/[^/]+\/src\//, never: /(^@saucier\/app-|\/apps\/)/ }
]

const doors = /^@saucier\/(order|payment|delivery|dashboard)\/(?!\1$)(\w+)$/
const isDoor = (context: string, file: string) =>
  new RegExp(`^${context}(Entity|Feed|Http)?$`, "i").test(file)

/** The walls that one import of one file breaks. */
export const broken = (file: string, specifier: string): ReadonlyArray<string> => {
  const found = rules
    .filter(({ from }) => from.test(file))
    .filter(({ never, only }) =>
      (only !== undefined && !only.test(specifier)) || (never?.test(specifier) ?? false)
    )
    .map(({ name }) => name)
  const own = /^packages\/([^/]+)\//.exec(file)?.[1]
  const [, context, name] = doors.exec(specifier) ?? []
  if (
    new RegExp(`^${inContext}`).test(file) && context !== undefined && name !== undefined && context !== own
  ) {
    if (!isDoor(context, name)) {
      found.push("contexts meet at their public doors: language, entity, feed, HTTP")
    }
  }
  if (
    specifier.startsWith(".") &&
    !normalize(join(dirname(file), specifier)).startsWith(`${file.split("/src/")[0]}/`)
  ) {
    found.push("a package reaches another by its name, never by a path")
  }
  return found
}

const importsOf = (text: string) =>
  Array.from(
    text.matchAll(/^(?:import|export)[^"']*?from "([^"]+)"|^import "([^"]+)"/gm),
    (m) => m[1] ?? m[2] ?? ""
  )

describe("boundaries", () => {
  it("hold for every source file", () => {
    const files = globSync("{packages,apps}/*/src/**/*.ts")
    assert.isAbove(files.length, 100)
    const faults = files.flatMap((file) =>
      importsOf(readFileSync(file, "utf8")).flatMap((specifier) =>
        broken(file, specifier).map((rule) => `${file} imports ${specifier}: ${rule}`)
      )
    )
    assert.deepStrictEqual(faults, [])
  })

  it.each([
    ["packages/order/src/OrderDecider.ts", "effect/Effect"],
    ["packages/order/src/OrderDecider.ts", "./OrderEntity.ts"],
    ["packages/order/src/Order.ts", "@saucier/payment/Payment"],
    ["packages/kernel/src/Money.ts", "@effect/platform/HttpApi"],
    ["packages/resilience/src/CircuitBreaker.ts", "@saucier/kernel/Money"],
    ["packages/eventsourcing/src/Policy.ts", "@saucier/order/Order"],
    ["packages/delivery/src/DeliveryPolicies.ts", "@saucier/payment/PaymentDecider"],
    ["packages/delivery/src/DeliveryView.ts", "@effect/sql-sqlite-node/SqliteClient"],
    ["packages/readmodel/src/JsonRows.ts", "@effect/sql-pg/PgClient"],
    ["packages/order/src/OrderHttpLive.ts", "@saucier/runtime/Settings"],
    ["packages/payment/src/Settlement.ts", "@saucier/provider/StandIn"],
    ["packages/runtime/src/Cluster.ts", "@saucier/order/OrderEntity"],
    ["packages/order/src/OrderPolicies.ts", "../../payment/src/PaymentFeed.ts"]
  ])("refuse the planted import of %s: %s", (file, specifier) => {
    assert.isNotEmpty(broken(file, specifier))
  })
})
