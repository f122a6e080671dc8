/** The colours of runners: a number for the stylesheet, the same for a runner everywhere on the page. */

const colours = 8

/** Null where there is no such runner. */
export const colourOf = (addresses: ReadonlyArray<string>, runner: string | null): number | undefined => {
  const at = runner === null ? -1 : addresses.indexOf(runner)
  return at < 0 ? undefined : at % colours
}
