import { assert, describe, it } from "@effect/vitest"
import { fold } from "@saucier/eventsourcing/Decider"
import {
  orderKeyCodec,
  OrderKeyCommand,
  orderKeyDecider,
  OrderKeyEvent,
  OrderKeyState
} from "@saucier/order/OrderKey"
import * as Arbitrary from "effect/Arbitrary"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"

const command = Arbitrary.make(OrderKeyCommand)
const commands = FastCheck.array(command, { maxLength: 10 })

const history = (commands: ReadonlyArray<OrderKeyCommand>) =>
  commands.reduce<ReadonlyArray<OrderKeyEvent>>((events, command) => {
    const state = fold(orderKeyDecider, orderKeyDecider.initial, events)
    return events.concat(Either.getOrElse(orderKeyDecider.decide(command, state), () => []))
  }, [])

const golden = (name: string) => readFileSync(new URL(`goldenkey/${name}.v1.json`, import.meta.url), "utf8")

const meaning: ReadonlyArray<typeof OrderKeyEvent.Encoded> = [
  {
    _tag: "OrderKeyClaimed",
    at: 1_790_000_000_000,
    orderId: "ord_01h455vb4pex5vsknk084sn02q",
    fingerprint: "{\"branchId\":\"1\",\"sauceId\":\"1\",\"qty\":10,\"price\":10000}"
  },
  { _tag: "OrderKeyRenewed", at: 1_790_000_000_000, orderId: "ord_01h455vb4pex5vsknk084sn02r" }
]

describe("an Idempotency-Key", () => {
  it.prop("is total: every command on every state is decided and evolved", {
    command,
    state: Arbitrary.make(OrderKeyState),
    event: Arbitrary.make(OrderKeyEvent)
  }, ({ command, event, state }) => {
    orderKeyDecider.decide(command, state)
    orderKeyDecider.evolve(state, event)
  })

  it.prop("is claimed once, and keeps the content it was claimed with", { commands }, ({ commands }) => {
    const events = history(commands)
    const claims = events.filter(({ _tag }) => _tag === "OrderKeyClaimed")
    assert.isAtMost(claims.length, 1)
    const state = fold(orderKeyDecider, orderKeyDecider.initial, events)
    const [claim] = claims
    if (state._tag === "Claimed" && claim?._tag === "OrderKeyClaimed") {
      assert.strictEqual(state.fingerprint, claim.fingerprint)
    }
  })

  it.prop("is refused for another content, and claimed again without effect for the same", {
    first: Arbitrary.make(OrderKeyCommand.members[0]),
    second: Arbitrary.make(OrderKeyCommand.members[0])
  }, ({ first, second }) => {
    const claimed = fold(orderKeyDecider, orderKeyDecider.initial, history([first]))
    assert.deepStrictEqual(orderKeyDecider.decide(first, claimed), Either.right([]))
    const other = orderKeyDecider.decide({ ...second, fingerprint: `${first.fingerprint}!` }, claimed)
    assert.isTrue(Either.isLeft(other))
  })

  it.each(meaning)("$_tag is stored exactly as in its golden file, and read as it was meant", (encoded) => {
    const event = Schema.decodeSync(OrderKeyEvent)(encoded)
    const stored = orderKeyCodec.encode(event)
    const text = golden(encoded._tag)
    assert.strictEqual(`${JSON.stringify(stored, null, 2)}\n`, text)
    assert.deepStrictEqual(Either.getOrThrow(orderKeyCodec.decode(JSON.parse(text))), event)
  })
})
