/**
 * The keys that open the door, as `SAUCIER_AUTH_KEYS` lists them: `name:role:hash` or `name:branch@<branchId>:hash`,
 * divided by commas or lines. Only the SHA-256 of a key is kept, so the setting gives none away; two entries of one name
 * are one principal whose key is being changed.
 */
import { BranchId } from "@saucier/kernel/Goods"
import { type Principal, Role } from "@saucier/kernel/Principal"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { createHash } from "node:crypto"

export type AuthKeys = ReadonlyMap<string, Principal>

/** What of a key is kept, in hexadecimal digits. */
export const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex")

const isRole = Schema.is(Role)
const isBranch = Schema.is(BranchId)

/** What a principal may be called. */
export const isName = (name: string): boolean => /^[\w.-]{1,64}$/.test(name)

const roleRule = "must have one of the roles branch@<branchId>, clerk, dispatcher, operator"

const principalOf = (name: string, role: string): Either.Either<Principal, string> => {
  if (!isName(name)) {
    return Either.left("must begin with a name of letters, digits, dots, dashes")
  }
  const [kind, branchId, ...more] = role.split("@")
  if (!isRole(kind) || more.length > 0) return Either.left(roleRule)
  if (kind !== "branch") {
    return branchId === undefined ? Either.right({ name, role: kind, branchId: null }) : Either.left(roleRule)
  }
  return isBranch(branchId) ? Either.right({ name, role: kind, branchId }) : Either.left(roleRule)
}

const entryOf = (entry: string): Either.Either<readonly [string, Principal], string> => {
  const [name = "", role = "", hash = "", ...more] = entry.split(":")
  if (!/^[0-9a-f]{64}$/.test(hash) || more.length > 0) {
    return Either.left(
      "must be name:role:hash, the hash being 64 hexadecimal digits as `saucier key` prints them"
    )
  }
  return Either.map(principalOf(name, role), (principal) => [hash, principal] as const)
}

const parse = (text: string): Either.Either<AuthKeys, string> => {
  const keys = new Map<string, Principal>()
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== "")
  for (const [index, entry] of entries.entries()) {
    const found = entryOf(entry)
    if (Either.isLeft(found)) return Either.left(`${found.left}; entry ${index + 1} is not`)
    keys.set(...found.right)
  }
  return Either.right(keys)
}

/** As `parse` reads it. */
export const render = (hash: string, { branchId, name, role }: Principal): string =>
  `${name}:${branchId === null ? role : `${role}@${branchId}`}:${hash}`

const Keys = Schema.declare((value): value is AuthKeys => value instanceof Map)

export const AuthKeysText = Schema.transformOrFail(Schema.String, Keys, {
  strict: true,
  decode: (text, _, ast) => Either.mapLeft(parse(text), (rule) => new ParseResult.Type(ast, text, rule)),
  encode: (keys) => Either.right(Array.from(keys, ([hash, principal]) => render(hash, principal)).join(","))
})

export const find = (keys: AuthKeys, key: string): Option.Option<Principal> =>
  Option.fromNullable(keys.get(hashOf(key)))
