/** One payment of 10 000 KRW, as its actor's tests ask for it. */
import { CommandId } from "@saucier/kernel/CommandMeta"
import { BranchId, Quantity, SauceId } from "@saucier/kernel/Goods"
import * as Ids from "@saucier/kernel/Ids"
import { MinorUnits } from "@saucier/kernel/Money"
import * as DateTime from "effect/DateTime"

export const orderId = Ids.orderId("01m82f82jafsf9wwh0atkns8r4")
export const paymentId = Ids.paymentIdOf(orderId)
export const amount = { amount: MinorUnits.make(10_000), currency: "KRW" } as const
export const goods = { branchId: BranchId.make("1"), sauceId: SauceId.make("1"), quantity: Quantity.make(10) }
export const meta = (commandId: string) => ({
  commandId: CommandId.make(commandId),
  correlationId: "test",
  causationId: null,
  actor: "test",
  at: DateTime.unsafeMake(0)
})
export const request = { meta: meta("request"), paymentId, orderId, amount, goods }
