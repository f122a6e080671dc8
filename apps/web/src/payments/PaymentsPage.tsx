import { useLocation, useSearch } from "wouter"
import { paymentsPath } from "../Paths.ts"
import { useTexts } from "../texts/Language.ts"
import { Page } from "../ui/Page.tsx"
import { Tabs } from "../ui/Tabs.tsx"
import { Books } from "./Books.tsx"
import { paymentsTexts } from "./PaymentsTexts.ts"
import { lists, PaymentsWaiting } from "./PaymentsWaiting.tsx"

const tabs = [...lists, "Books"] as const
type Tab = (typeof tabs)[number]

/** What the clerk watches: outcomes that nobody knows, refunds that are owed, and whether the books agree. */
export const PaymentsPage = () => {
  const texts = useTexts(paymentsTexts)
  const [, navigate] = useLocation()
  const asked = new URLSearchParams(useSearch()).get("status")
  const tab: Tab = tabs.find((each) => each === asked) ?? "Unknown"
  return (
    <Page title={texts.title}>
      <Tabs
        label={texts.title}
        tabs={tabs.map((each) => ({ id: each, name: texts.tabs[each] }))}
        chosen={tab}
        onChoose={(next) => navigate(next === "Unknown" ? paymentsPath : `${paymentsPath}?status=${next}`)}
      >
        {tab === "Books" ? <Books /> : <PaymentsWaiting list={tab} />}
      </Tabs>
    </Page>
  )
}
