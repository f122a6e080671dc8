/** Of an address what stands before its query; a query of no address has a path before it and a value in it. */
const withoutQuery = (word: string): string => {
  const address = word.search(/https?:\/\//)
  const start = address < 0 ? word.indexOf("/") : address
  if (start < 0) return word
  const length = word.slice(start).search(address < 0 ? /\?/ : /[?#]/)
  if (length < 0) return word
  const end = start + length
  return address < 0 && !word.includes("=", end) ? word : `${word.slice(0, end)}?***`
}

/**
 * What a driver or a library may say in its own words: addresses with passwords or queries, and credentials. It looks at each
 * letter a few times at most, however long the text is: others may have written it.
 */
export const withoutSecrets = (text: string): string =>
  text
    .replaceAll(/\/\/[^\s/@]*@/g, "//***@")
    .replaceAll(/[^\s"'<>]+/g, withoutQuery)
    .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, "$1 ***")
    .replaceAll(
      /((?:authorization|cookie|password|secret|token|api-?key|signature)["']?\s*[:=]\s*["']?)(?!bearer|basic)[^\s"',;}]+/gi,
      "$1***"
    )
