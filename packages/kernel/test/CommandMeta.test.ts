import { assert, describe, it } from "@effect/vitest"
import { CommandId, CommandMeta, follow } from "@saucier/kernel/CommandMeta"
import * as Arbitrary from "effect/Arbitrary"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/TestClock"

describe("CommandMeta", () => {
  it("names a command by 1 to 250 characters", () => {
    for (const id of ["1", "c".repeat(250)]) assert.isTrue(Schema.is(CommandId)(id), id)
    for (const id of ["", "c".repeat(251), 1]) assert.isFalse(Schema.is(CommandId)(id), `${id}`)
  })

  it.prop("travels as JSON", { meta: CommandMeta }, ({ meta }) => {
    const read = Schema.decodeUnknownSync(CommandMeta)(
      JSON.parse(JSON.stringify(Schema.encodeSync(CommandMeta)(meta)))
    )
    assert.isTrue(Schema.equivalence(CommandMeta)(read, meta))
  })

  it.effect("is followed by commands of their own ids, the same ones each time, in the same conversation", () =>
    Effect.gen(function*() {
      for (const meta of FastCheck.sample(Arbitrary.make(CommandMeta), 40)) {
        yield* TestClock.adjust("1 seconds")
        const paid = yield* follow(meta, "paid")
        const stopped = yield* follow(meta, "stop")
        const { actor, causationId, correlationId } = meta
        assert.isTrue(Schema.is(CommandMeta)(paid))
        assert.deepInclude(paid, { actor, causationId, correlationId })
        assert.strictEqual(new Set([meta.commandId, paid.commandId, stopped.commandId]).size, 3)
        assert.strictEqual((yield* follow(meta, "paid")).commandId, paid.commandId)
        assert.deepStrictEqual(paid.at, yield* DateTime.now)
      }
    }))
})
