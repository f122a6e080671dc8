import * as Context from "effect/Context"

/** The command line under trial, as a file that Node runs. */
export class Program extends Context.Tag("@saucier/proof/Program")<Program, string>() {}
