/** What a driver or a library may say in its own words: addresses with passwords or queries, and credentials. */
export const withoutSecrets = (text: string): string =>
  text
    .replaceAll(/\/\/[^\s/@]*@/g, "//***@")
    .replaceAll(/(https?:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/g, "$1?***")
    .replaceAll(/(\/[\w./:%-]*)\?[^\s"'<>]*=[^\s"'<>]*/g, "$1?***")
    .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, "$1 ***")
    .replaceAll(
      /((?:authorization|cookie|password|secret|token|api-?key|signature)["']?\s*[:=]\s*["']?)(?!bearer|basic)[^\s"',;}]+/gi,
      "$1***"
    )
