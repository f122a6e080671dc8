import { lazy, Suspense, useState } from "react"
import * as Chaos from "../api/Chaos.ts"
import { useLoaded } from "../api/useLoaded.ts"
import { usePulse } from "../pulse/usePulse.ts"
import { useFormat } from "../texts/Format.ts"
import { useTexts } from "../texts/Language.ts"
import { Page } from "../ui/Page.tsx"
import { tellProblem } from "../ui/TellProblem.tsx"
import { Empty, Failed, Loading, ProblemText } from "../ui/Trouble.tsx"
import { useRepeated } from "../ui/useRepeated.ts"
import { chaosTexts } from "./ChaosTexts.ts"
import { Counters } from "./Counters.tsx"
import { Faults } from "./Faults.tsx"
import { Services } from "./Services.tsx"
import * as Strikes from "./Strikes.ts"
import { LoadSwitches, PresetSwitches } from "./Switches.tsx"
import "./Chaos.css"

const Charts = lazy(async () => ({ default: (await import("../pulse/Charts.tsx")).Charts }))

const durations = [10, 30, 60, 120, 300]

/** Breaks what may break while somebody watches that nothing is lost or doubled. All of it ends by itself. */
export const ChaosPage = () => {
  const texts = useTexts(chaosTexts)
  const format = useFormat()
  const { problem, reload, value } = useLoaded(Chaos.now, [])
  useRepeated(reload, 1_000)
  const pulse = usePulse(value !== null)
  const [seconds, setSeconds] = useState(30)

  const ask = async (request: Chaos.Request) => {
    await Chaos.ask(request).catch(tellProblem)
    await reload()
  }
  const toggle = (strike: Chaos.Strike) => {
    const fault = value === null ? undefined : Strikes.faultOf(value.faults, strike)
    void ask(fault === undefined ? Strikes.lasting(strike, seconds) : { kind: "end", fault: fault.id })
  }

  if (problem !== null && problem.code === "chaos-off") {
    return (
      <Page title={texts.title}>
        <Empty>
          <ProblemText problem={problem} />
        </Empty>
      </Page>
    )
  }
  return (
    <Page
      title={texts.title}
      actions={
        <>
          <p className="muted small chaos-lead">{texts.lead}</p>
          <label className="push line small">
            {texts.lasts}
            <select value={seconds} onChange={({ target }) => setSeconds(Number(target.value))}>
              {durations.map((each) => <option key={each} value={each}>{format.lasting(each * 1_000)}
              </option>)}
            </select>
          </label>
        </>
      }
    >
      {problem === null || value !== null
        ? null
        : <Failed what={texts.failed} problem={problem} onRetry={() => void reload()} />}
      {value === null && problem === null ? <Loading /> : null}
      {value === null ? null : (
        <>
          <Counters counters={value.counters} />
          <Faults chaos={value} onEnd={(fault) => void ask({ kind: "end", ...fault })} />
          <Suspense fallback={<div className="charts-room" />}>
            <Charts window={pulse} />
          </Suspense>
          <LoadSwitches chaos={value} onToggle={toggle} />
          <PresetSwitches chaos={value} onToggle={toggle} />
          <Services chaos={value} onToggle={toggle} />
        </>
      )}
    </Page>
  )
}
