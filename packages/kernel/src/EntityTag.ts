/** Entity tags of versioned things (RFC 9110, 8.8.3): the strong tag of version 3 is `"3"`. */

export const ofVersion = (version: number): string => `"${version}"`

const tags = (header: string): ReadonlyArray<string> => header.split(",").map((tag) => tag.trim())

/** If-None-Match compares weakly: a tag counts with or without its `W/`. */
export const isFresh = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch !== undefined &&
  tags(ifNoneMatch).some((known) => known === "*" || known.replace(/^W\//, "") === tag)

/** The versions that an If-Match admits, or null when it admits any. Weak tags admit none. */
export const admitted = (ifMatch: string | undefined): ReadonlyArray<number> | null =>
  ifMatch === undefined || tags(ifMatch).includes("*")
    ? null
    : tags(ifMatch).flatMap((tag) => (/^"\d+"$/.test(tag) ? [Number(tag.slice(1, -1))] : []))
