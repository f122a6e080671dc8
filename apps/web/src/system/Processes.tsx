import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { Badge } from "../ui/Badge.tsx"
import type { Process } from "./Overview.ts"
import { colourOf } from "./Runners.ts"
import { systemTexts } from "./SystemTexts.ts"

const megabyte = 1e6

const Health = ({ process: { facts } }: { readonly process: Process }) => {
  const texts = useTexts(systemTexts)
  if (facts === null) return <Badge tone="bad" text={texts.silent} />
  const ill = facts.checks.filter(({ ok }) => !ok)
  return ill.length === 0
    ? <Badge tone="good" text={texts.healthy} />
    : (
      <span className="line">
        {ill.map(({ message, name }) => <Badge key={name} tone="bad" text={`${name}: ${message}`} />)}
      </span>
    )
}

/** Every process that is known, what it holds and how it is. */
export const Processes = ({ addresses, now, processes }: {
  readonly processes: ReadonlyArray<Process>
  readonly addresses: ReadonlyArray<string>
  readonly now: number
}) => {
  const texts = useTexts(systemTexts)
  const format = useFormat()
  return (
    <section className="card">
      <h2 className="padded">{texts.processes}</h2>
      <div className="wide" tabIndex={0} role="region" aria-label={texts.processes}>
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.process}</th>
              <th scope="col">{texts.health}</th>
              <th scope="col">{texts.shards}</th>
              <th scope="col" className="number">{texts.actors}</th>
              <th scope="col" className="number">{texts.memory}</th>
              <th scope="col" className="number">{texts.cpu}</th>
              <th scope="col" className="number">{texts.running}</th>
            </tr>
          </thead>
          <tbody>
            {processes.map((process) => {
              const { address, facts, shards } = process
              return (
                <tr key={address ?? "gateway"}>
                  <td>
                    <span className="line">
                      {address === null ? null : (
                        <span
                          className="runner"
                          data-runner={colourOf(addresses, address)}
                          aria-hidden="true"
                        />
                      )}
                      <code>{facts?.process ?? address}</code>
                    </span>
                  </td>
                  <td>
                    <Health process={process} />
                  </td>
                  <td>
                    {shards.map(({ context, count }) => `${context} ${format.number(count)}`).join(", ") ||
                      "–"}
                  </td>
                  <td className="number">
                    {facts === null ? "–" : format.number(
                      facts.entities.reduce((sum, { count }) => sum + count, 0)
                    )}
                  </td>
                  <td className="number">
                    {facts === null ? "–" : `${format.number(Math.round(facts.memoryBytes / megabyte))} MB`}
                  </td>
                  <td className="number">
                    {facts === null ? "–" : `${format.number(Math.round(facts.cpuSeconds))} s`}
                  </td>
                  <td className="number">{facts === null ? "–" : format.lasting(now - facts.startedAt)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}
