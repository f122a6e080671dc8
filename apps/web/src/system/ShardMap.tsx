import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import type { System } from "../api/Systems.ts"
import * as Systems from "../api/Systems.ts"
import { useLoaded } from "../api/useLoaded.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { Failed, Loading } from "../ui/Trouble.tsx"
import { ResidentList } from "./ResidentList.tsx"
import { colourOf } from "./Runners.ts"
import { systemTexts } from "./SystemTexts.ts"

type Group = System["shards"][number]

interface Chosen {
  readonly context: string
  readonly shard: number
}

const isNamed = <K extends string>(name: string, of: Readonly<Record<K, string>>): name is K =>
  Object.hasOwn(of, name)

const useContextName = () => {
  const { contexts } = useTexts(systemTexts)
  return (name: string) => isNamed(name, contexts) ? contexts[name] : name
}

/** What the server calls the only runner, where there is one process. */
const alone = "this process"

const useRunnerName = () => {
  const { nobody, thisProcess } = useTexts(systemTexts)
  return (runner: string | null) => runner === null ? nobody : runner === alone ? thisProcess : runner
}

/** Who lives in a shard, in a dialog that the reader closes. */
const Opened = ({ context, onClose, runner, shard }: Chosen & {
  readonly runner: string | null
  readonly onClose: () => void
}) => {
  const texts = useTexts(systemTexts)
  const nameOf = useContextName()
  const runnerName = useRunnerName()
  const dialog = useRef<HTMLDialogElement>(null)
  const { problem, reload, value } = useLoaded(
    (signal) => Systems.residents(context, shard, signal),
    [context, shard]
  )
  useEffect(() => {
    const opened = dialog.current
    opened?.showModal()
    return () => opened?.close()
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby="shard" onClose={onClose}>
      <div className="stack">
        <h2 id="shard">
          {texts.residents(texts.shardOf(nameOf(context), String(shard)), runnerName(runner))}
        </h2>
        {problem === null
          ? null
          : <Failed what={texts.failed} problem={problem} onRetry={() => void reload()} />}
        {value === null && problem === null ? <Loading /> : null}
        {value === null ? null : <ResidentList residents={value} />}
        <p className="choices">
          <button type="button" onClick={onClose}>{texts.close}</button>
        </p>
      </div>
    </dialog>
  )
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/** The shards of one context; arrow keys go from one to the next. A shard that has just moved lights up. */
const Row = ({ addresses, group, onOpen }: {
  readonly group: Group
  readonly addresses: ReadonlyArray<string>
  readonly onOpen: (shard: number) => void
}) => {
  const texts = useTexts(systemTexts)
  const nameOf = useContextName()
  const runnerName = useRunnerName()
  const [at, setAt] = useState(0)
  const grid = useRef<HTMLDivElement>(null)
  const name = nameOf(group.group)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = (at + step + group.shards.length) % group.shards.length
    setAt(next)
    grid.current?.querySelectorAll("button")[next]?.focus()
  }
  return (
    <div className="shard-row">
      <h3>{name}</h3>
      <div ref={grid} className="shards" role="group" aria-label={name} onKeyDown={onKeyDown}>
        {group.shards.map((runner, index) => (
          <button
            // A new square for each runner that takes the shard: that is what is animated.
            key={`${index} ${runner}`}
            type="button"
            className="shard"
            data-runner={colourOf(addresses, runner)}
            tabIndex={index === at ? 0 : -1}
            aria-label={`${texts.shardOf(name, String(index + 1))}: ${runnerName(runner)}`}
            title={`${texts.shardOf(name, String(index + 1))}: ${runnerName(runner)}`}
            onFocus={() => setAt(index)}
            onClick={() => onOpen(index + 1)}
          />
        ))}
      </div>
    </div>
  )
}

/** Which runner has which shard, context by context. */
export const ShardMap = ({ addresses, system: { shards } }: {
  readonly system: System
  readonly addresses: ReadonlyArray<string>
}) => {
  const texts = useTexts(systemTexts)
  const format = useFormat()
  const runnerName = useRunnerName()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const held = (runner: string) =>
    shards.reduce((sum, group) => sum + group.shards.filter((each) => each === runner).length, 0)
  const orphans = shards.reduce((sum, group) => sum + group.shards.filter((each) => each === null).length, 0)
  const runnerOf = ({ context, shard }: Chosen) =>
    shards.find(({ group }) => group === context)?.shards[shard - 1] ?? null
  return (
    <section className="card padded stack" aria-labelledby="map">
      <div>
        <h2 id="map">{texts.map}</h2>
        <p className="muted small">{texts.mapHelp}</p>
      </div>
      <ul className="line small">
        {addresses.map((runner) => (
          <li key={runner} className="line">
            <span className="runner" data-runner={colourOf(addresses, runner)} aria-hidden="true" />
            <code>{runnerName(runner)}</code> {format.number(held(runner))}
          </li>
        ))}
        {orphans === 0 ? null : (
          <li className="line">
            <span className="runner" aria-hidden="true" />
            {texts.nobody} {format.number(orphans)}
          </li>
        )}
      </ul>
      {shards.map((group) => (
        <Row
          key={group.group}
          group={group}
          addresses={addresses}
          onOpen={(shard) => setChosen({ context: group.group, shard })}
        />
      ))}
      {chosen === null
        ? null
        : <Opened {...chosen} runner={runnerOf(chosen)} onClose={() => setChosen(null)} />}
    </section>
  )
}
