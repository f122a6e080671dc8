import * as Check from "./Violation.ts"

/** The events of a stream count 1, 2, 3 in the log's own order, and each command stands in one place of it. */
export const versions = Check.make("versions", "P5", function*({ deliveries, orders, payments }) {
  for (const log of [orders, payments, deliveries]) {
    const last = new Map<string, number>()
    const lastCommand = new Map<string, string>()
    const known = new Set<string>()
    for (const { commandId, streamId, type, version } of log) {
      const expected = (last.get(streamId) ?? 0) + 1
      if (version !== expected) yield [streamId, `version ${version} stands where ${expected} should`]
      last.set(streamId, version)
      const command = `${streamId} ${commandId}`
      const event = `${command} ${type}`
      const apart = known.has(command) && lastCommand.get(streamId) !== commandId
      if (known.has(event) || apart) yield [streamId, `the command ${commandId} was recorded twice`]
      known.add(command).add(event)
      lastCommand.set(streamId, commandId)
    }
  }
})
