/** Colours for the two streams, each by its own terminal; NO_COLOR and FORCE_COLOR are honoured by the library. */
import pc from "picocolors"

export const { bold, cyan, dim, green, magenta, red, yellow } = pc
