/** The log of a process, on its standard error: for people on a terminal, else a line of JSON each, for programs. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import process from "node:process"
import * as LogEntry from "./LogEntry.ts"

const write = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const set = (name: string) =>
  Effect.map(Effect.orElseSucceed(Config.string(name), () => ""), (value) => value !== "")

const dim = (text: string) => `\u001b[2m${text}\u001b[0m`
const paint = (level: string, text: string) => {
  const colour = { ERROR: 31, FATAL: 31, WARN: 33, INFO: 36 }[level]
  return colour === undefined ? text : `\u001b[${colour}m${text}\u001b[0m`
}

/** The time of day is enough for who is looking on. */
const pretty = (entry: LogEntry.LogEntry, colours: boolean): string => {
  const { annotations, cause, level, message, orderId, time } = entry
  const shown = { ...annotations, ...(orderId === undefined ? {} : { order: orderId }) }
  const details = Object.entries(shown).map(([key, value]) => `${key}=${value}`).join(" ")
  const head = `${time.slice(11, 23)} ${level.padEnd(5)}`
  const line = colours
    ? `${paint(level, head)} ${message} ${dim(details)}`
    : `${head} ${message} ${details}`
  return cause === undefined ? line.trimEnd() : `${line.trimEnd()}\n${cause}`
}

/** `NO_COLOR` takes the colours away, `FORCE_COLOR` gives them to whatever reads. */
export const layer = (service: string): Layer.Layer<never> =>
  Layer.unwrapEffect(Effect.gen(function*() {
    const terminal = process.stderr.isTTY === true
    const forced = yield* set("FORCE_COLOR")
    const colours = !(yield* set("NO_COLOR")) && (terminal || forced)
    const logger = Logger.make<unknown, void>((options) => {
      const entry = LogEntry.make(service, options)
      write(terminal || forced ? pretty(entry, colours) : LogEntry.json(entry))
    })
    return Layer.merge(
      Logger.replace(Logger.defaultLogger, logger),
      Logger.remove(Logger.prettyLoggerDefault)
    )
  }))
