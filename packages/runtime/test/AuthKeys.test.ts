import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import { BranchId } from "@saucier/kernel/Goods"
import { Principal, type Role } from "@saucier/kernel/Principal"
import * as Authentication from "@saucier/runtime/Authentication"
import * as AuthKeys from "@saucier/runtime/AuthKeys"
import * as Settings from "@saucier/runtime/Settings"
import { FastCheck } from "effect"
import * as Arbitrary from "effect/Arbitrary"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

const decode = Schema.decodeEither(AuthKeys.AuthKeysText)
const encode = Schema.encodeSync(AuthKeys.AuthKeysText)

const roles = FastCheck.oneof(
  FastCheck.constantFrom<Role>("clerk", "dispatcher", "operator").map((role) => ({ role, branchId: null })),
  Arbitrary.make(BranchId).map((branchId) => ({ role: "branch" as const, branchId }))
)
const principals = FastCheck.tuple(FastCheck.stringMatching(/^[\w.-]{1,64}$/), roles).map(
  ([name, rest]) => Principal.make({ name, ...rest })
)

const settings = (environment: Record<string, string>) =>
  Settings.load.pipe(
    Effect.withConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(environment)))),
    Effect.provide(NodeContext.layer)
  )

const hash = AuthKeys.hashOf("sk_1")

describe("the list of keys", () => {
  it.prop("is read back as it was written", { principals: FastCheck.array(principals) }, ({ principals }) => {
    const keys = new Map(principals.map((principal, n) => [AuthKeys.hashOf(`sk_${n}`), principal]))
    assert.deepStrictEqual(Either.getOrThrow(decode(encode(keys))), keys)
    for (const [n, principal] of principals.entries()) {
      assert.deepStrictEqual(AuthKeys.find(keys, `sk_${n}`), Option.some(principal))
    }
    assert.isTrue(Option.isNone(AuthKeys.find(keys, "sk_none")))
  })

  for (
    const [entry, rule] of [
      ["shop-1:branch:HASH", "must have one of the roles"],
      ["shop-1:branch@a b:HASH", "must be name:role:hash"],
      ["shop-1:boss:HASH", "must have one of the roles"],
      ["clerk:clerk@1:HASH", "must have one of the roles"],
      ["clerk:clerk:sk_1", "must be name:role:hash"],
      ["clerk:clerk:HASH:more", "must be name:role:hash"],
      [":clerk:HASH", "must begin with a name"]
    ] as const
  ) {
    it.effect(`refuses ${entry}, and says which entry is meant without showing any`, () =>
      Effect.gen(function*() {
        const list = `ada:operator:${hash},\n${entry.replace("HASH", hash)}`
        const { message } = yield* Effect.flip(settings({ SAUCIER_AUTH_KEYS: list }))
        assert.include(message, `SAUCIER_AUTH_KEYS ${rule}`)
        assert.include(message, "entry 2 is not")
        assert.notInclude(message, hash)
      }))
  }
})

describe("a door to the network", () => {
  const keysOf = (environment: Record<string, string>) =>
    Effect.flatMap(settings(environment), Authentication.keysOf)

  it.effect("is not opened without keys, and says what to do", () =>
    Effect.gen(function*() {
      for (const SAUCIER_HTTP_HOST of ["0.0.0.0", "::", "10.0.0.7"]) {
        const { message } = yield* Effect.flip(keysOf({ SAUCIER_HTTP_HOST }))
        assert.match(message, /SAUCIER_AUTH_KEYS must name who may ask.*saucier key.*SAUCIER_AUTH_ANONYMOUS/)
      }
    }))

  it.effect("is opened on loopback, with keys, or when all shall come", () =>
    Effect.gen(function*() {
      for (const SAUCIER_HTTP_HOST of ["127.0.0.1", "127.0.0.2", "localhost", "::1"]) {
        assert.isNull(yield* keysOf({ SAUCIER_HTTP_HOST }))
      }
      const everywhere = { SAUCIER_HTTP_HOST: "0.0.0.0", SAUCIER_AUTH_ANONYMOUS: "everywhere" }
      assert.isNull(yield* keysOf(everywhere))
      const keys = yield* keysOf({ ...everywhere, SAUCIER_AUTH_KEYS: `ada:operator:${hash}` })
      assert.strictEqual(keys?.size, 1)
    }))
})
