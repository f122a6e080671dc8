import { useState } from "react"
import type { PaymentView } from "../api/Payments.ts"
import * as Payments from "../api/Payments.ts"
import { shortId } from "../order/ShortId.ts"
import { useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"
import { Confirm } from "../ui/Confirm.tsx"
import * as Notices from "../ui/Notices.tsx"
import { tellProblem } from "../ui/TellProblem.tsx"
import { paymentsTexts } from "./PaymentsTexts.ts"

/** What the clerk may do with a payment that waits. */
export const PaymentActions = ({ onDone, payment: { attention, id, orderId } }: {
  readonly payment: PaymentView
  readonly onDone: () => Promise<void>
}) => {
  const texts = useTexts(paymentsTexts)
  const { payment: statuses } = useTexts(words)
  const [busy, setBusy] = useState(false)
  const [looked, setLooked] = useState(false)
  const short = shortId(orderId)
  const ask = async () => {
    if (busy) return
    setBusy(true)
    try {
      const { status } = await Payments.inquire(id)
      Notices.tell({ tone: "good", content: texts.asked(short, statuses[status]) })
      await onDone()
    } catch (thrown) {
      tellProblem(thrown)
    } finally {
      setBusy(false)
    }
  }
  const acknowledge = async (note: string) => {
    await Payments.acknowledge(id, note)
    Notices.tell({ tone: "good", content: texts.acknowledged(short) })
    await onDone()
  }
  return (
    <span className="line">
      <button
        type="button"
        className="small-button"
        aria-label={texts.of(texts.ask, short)}
        aria-disabled={busy}
        onClick={() => void ask()}
      >
        {texts.ask}
      </button>
      {attention === null ? null : (
        <button
          type="button"
          className="small-button quiet"
          aria-label={texts.of(texts.acknowledge, short)}
          onClick={() => setLooked(true)}
        >
          {texts.acknowledge}
        </button>
      )}
      {looked
        ? (
          <Confirm
            question={{
              title: texts.acknowledgeTitle,
              explain: texts.acknowledgeExplain,
              yes: texts.acknowledge,
              text: { label: texts.note, hint: texts.noteHint, initial: "", max: 200 },
              act: acknowledge
            }}
            onClose={() => setLooked(false)}
          />
        )
        : null}
    </span>
  )
}
