/**
 * PostgreSQL's text holds neither the character NUL nor half a surrogate pair, which a string may. Those, and the
 * backslash that escapes them, are stored as `\uXXXX`; all other text as it is.
 */
const unstorable = /[\\\0\p{Cs}]/gu

export const encode = (text: string): string =>
  text.replace(unstorable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)

export const decode = (stored: string): string =>
  stored.includes("\\")
    ? stored.replaceAll(/\\u([0-9a-f]{4})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)))
    : stored

export const encodeNullable = (text: string | null): string | null => text === null ? null : encode(text)

export const decodeNullable = (stored: string | null): string | null =>
  stored === null ? null : decode(stored)
