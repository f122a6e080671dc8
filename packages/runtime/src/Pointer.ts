/** A JSON pointer (RFC 6901) to a path; the whole document is the empty one. */
export const of = (path: ReadonlyArray<PropertyKey>): string =>
  path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")
