/** Every crash point of the aggregates, read from what the code declares: events, messages, subscriptions, routes. */
import { Api } from "@saucier/assembly/Api"
import { follows } from "@saucier/assembly/Subscriptions"
import { DeliveryEvent } from "@saucier/delivery/Delivery"
import { DeliveryEntity } from "@saucier/delivery/DeliveryEntity"
import type { Name, Side } from "@saucier/kernel/CrashPoint"
import { OrderEvent } from "@saucier/order/Order"
import { OrderEntity } from "@saucier/order/OrderEntity"
import { OrderKeyEvent } from "@saucier/order/OrderKey"
import { OrderKeyEntity } from "@saucier/order/OrderKeyEntity"
import { PaymentEvent } from "@saucier/payment/Payment"
import { PaymentEntity } from "@saucier/payment/PaymentEntity"
import type { PaymentProvider } from "@saucier/payment/PaymentProvider"
import { LedgerEvent } from "@saucier/provider/Ledger"
import type * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"

/** Whose state the point stands beside. */
export type Owner = "order" | "payment" | "delivery" | "dashboard" | "provider"

export interface Point {
  readonly owner: Owner
  readonly name: Name
  readonly side: Side
}

type Named = Omit<Point, "side">

interface Events {
  readonly members: ReadonlyArray<Schema.Schema.Any>
}

interface Actor {
  readonly type: string
  readonly protocol: { readonly requests: ReadonlyMap<string, unknown> }
}

const tagOf = ({ ast }: Schema.Schema.Any): string => {
  const tag = SchemaAST.getPropertySignatures(SchemaAST.typeAST(ast)).find(({ name }) => name === "_tag")
  return tag !== undefined && SchemaAST.isLiteral(tag.type) ? String(tag.type.literal) : "of no type"
}

const commits = (owner: Owner, { members }: Events) =>
  members.map((event): Named => ({ owner, name: `commit ${tagOf(event)}` }))

const sends = (owner: Owner, { protocol, type }: Actor) =>
  Array.from(protocol.requests.keys(), (message): Named => ({ owner, name: `send ${type}.${message}` }))

/** What each subscription is, by its name: a new one must be put into one of these. */
export const kinds = {
  policies: [
    "order.payment",
    "order.delivery",
    "order.return",
    "payment.release",
    "delivery.prepare",
    "delivery.cancel"
  ],
  reminders: ["payment.request", "payment.settle"],
  projections: [
    "payment.attention",
    "delivery.view",
    "dashboard.order",
    "dashboard.payment",
    "dashboard.delivery"
  ]
} as const

const owners: ReadonlyArray<Owner> = ["order", "payment", "delivery", "dashboard"]
const ownerOf = (subscription: string) => owners.filter((owner) => subscription.startsWith(`${owner}.`))

const among = (kind: ReadonlyArray<string>, name: string) => kind.includes(name)

const subscriptions = Object.keys(follows).flatMap((name) => {
  const passed: Array<Name> = [`checkpoint ${name}`]
  if (among(kinds.policies, name)) passed.push(`follow ${name}`)
  if (among(kinds.reminders, name)) passed.push(`postpone ${name}`, `fire ${name}`)
  return ownerOf(name).flatMap((owner) => passed.map((name): Named => ({ owner, name })))
})

const exchanges: Readonly<Record<keyof PaymentProvider["Type"], Named>> = {
  charge: { owner: "payment", name: "provider charge" },
  inquire: { owner: "payment", name: "provider inquire" },
  void: { owner: "payment", name: "provider void" },
  refund: { owner: "payment", name: "provider refund" }
}

const doors: ReadonlyMap<string, Owner> = new Map([
  ["orders", "order"],
  ["payments", "payment"],
  ["webhooks", "payment"],
  ["deliveries", "delivery"]
])

const answered = Object.entries(Api.groups).flatMap(([group, { endpoints }]) => {
  const owner = doors.get(group)
  return owner === undefined ?
    [] :
    Object.values(endpoints).flatMap(({ method, path }): ReadonlyArray<Named> =>
      method === "GET" ? [] : [{ owner, name: `answer ${method} ${path}` }]
    )
})

/** The events that are ever stored, by the union that their codec is made from. */
export const unions = {
  OrderEvent: commits("order", OrderEvent),
  OrderKeyEvent: commits("order", OrderKeyEvent),
  PaymentEvent: commits("payment", PaymentEvent),
  DeliveryEvent: commits("delivery", DeliveryEvent),
  LedgerEvent: commits("provider", LedgerEvent)
}

/** The actors that hold an aggregate, by their protocol. */
export const actors = {
  OrderEntity: sends("order", OrderEntity),
  OrderKeyEntity: sends("order", OrderKeyEntity),
  PaymentEntity: sends("payment", PaymentEntity),
  DeliveryEntity: sends("delivery", DeliveryEntity)
}

const names: ReadonlyArray<Named> = [
  ...Object.values(unions).flat(),
  ...subscriptions,
  ...Object.values(actors).flat(),
  ...Object.values(exchanges),
  ...answered
]

export const points: ReadonlyArray<Point> = names.flatMap((named): ReadonlyArray<Point> => [
  { ...named, side: "before" },
  { ...named, side: "after" }
])

export const titleOf = ({ name, owner, side }: Point) => `${owner}: ${side} ${name}`
