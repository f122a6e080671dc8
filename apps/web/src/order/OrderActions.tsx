import { useState } from "react"
import type { Row } from "../api/Dashboard.ts"
import * as Deliveries from "../api/Deliveries.ts"
import * as Orders from "../api/Orders.ts"
import { useTexts } from "../texts/Language.ts"
import { Confirm, type Question } from "../ui/Confirm.tsx"
import * as Notices from "../ui/Notices.tsx"
import { type Action, actionsOf } from "./Actions.ts"
import { orderTexts } from "./OrderTexts.ts"
import { shortId } from "./ShortId.ts"

/** The buttons for what may be done to an order. Each asks first, except where `direct` says that a stage needs no asking. */
export const OrderActions = ({ direct = false, onDone, row, stagesOnly = false }: {
  readonly row: Pick<Row, "orderId" | "deliveryStatus" | "orderStatus" | "state">
  readonly direct?: boolean
  /** For a dispatcher, who cancels nothing. */
  readonly stagesOnly?: boolean
  readonly onDone?: () => void
}) => {
  const texts = useTexts(orderTexts)
  const [asked, setAsked] = useState<Action | null>(null)
  const [busy, setBusy] = useState(false)
  const id = shortId(row.orderId)

  const advance = async (step: Deliveries.Step) => {
    await Deliveries.advance(Deliveries.idOf(row.orderId), step)
    Notices.tell({ tone: "good", content: texts.done[step](id) })
    onDone?.()
  }
  const cancel = async (reason: string) => {
    const { refund } = await Orders.cancel(row.orderId, reason)
    Notices.tell({ tone: "good", content: refund === "owed" ? texts.refundOwed(id) : texts.cancelled(id) })
    onDone?.()
  }
  const questionOf = (action: Action): Question => ({
    title: texts.ask[action],
    explain: (
      <>
        <code>{id}</code> · {texts.explain[action]}
      </>
    ),
    yes: texts.confirm[action],
    ...(action === "cancel"
      ? {
        danger: true,
        text: { label: texts.reason, hint: texts.reasonHint, initial: "", max: 500 },
        act: cancel
      }
      : { act: () => advance(action) })
  })
  const press = async (action: Action) => {
    if (!direct || action === "cancel") return setAsked(action)
    if (busy) return
    setBusy(true)
    try {
      await advance(action)
    } catch {
      // Asked for again with the dialog, which says why it is not possible.
      setAsked(action)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {actionsOf(row).filter((action) => !stagesOnly || action !== "cancel").map((action) => (
        <button
          key={action}
          type="button"
          className={action === "cancel" || action === "Failed" ? "quiet" : ""}
          aria-label={texts.of(texts.actions[action], id)}
          aria-disabled={busy}
          onClick={() => void press(action)}
        >
          {texts.actions[action]}
        </button>
      ))}
      {asked === null
        ? null
        : <Confirm key={asked} question={questionOf(asked)} onClose={() => setAsked(null)} />}
    </>
  )
}
