import * as Systems from "../api/Systems.ts"
import { useLoaded } from "../api/useLoaded.ts"
import { useTexts } from "../texts/Language.ts"
import { Page } from "../ui/Page.tsx"
import { Failed, Loading } from "../ui/Trouble.tsx"
import { useRepeated } from "../ui/useRepeated.ts"
import { Feeds } from "./Feeds.tsx"
import * as Overview from "./Overview.ts"
import { ParkedEvents } from "./ParkedEvents.tsx"
import { Processes } from "./Processes.tsx"
import { SettingsTable } from "./SettingsTable.tsx"
import { ShardMap } from "./ShardMap.tsx"
import { systemTexts } from "./SystemTexts.ts"
import "./System.css"

/** What runs where, and how it is: anew every second and a half. */
export const SystemPage = () => {
  const texts = useTexts(systemTexts)
  const system = useLoaded(Systems.now, [])
  const parked = useLoaded(Systems.parked, [])
  useRepeated(system.reload, 1_500)
  useRepeated(parked.reload, 5_000)
  const { problem, reload, value } = system
  const processes = value === null ? [] : Overview.processesOf(value)
  const addresses = value === null ? [] : Overview.addressesOf(value)
  return (
    <Page title={texts.title}>
      {problem === null
        ? null
        : <Failed what={texts.failed} problem={problem} onRetry={() => void reload()} />}
      {value === null && problem === null ? <Loading /> : null}
      {value === null ? null : (
        <>
          <ShardMap system={value} addresses={addresses} />
          <Processes processes={processes} addresses={addresses} now={value.at} />
          <Feeds feeds={Overview.feedsOf(processes)} />
        </>
      )}
      <ParkedEvents parked={parked} />
      <SettingsTable />
    </Page>
  )
}
