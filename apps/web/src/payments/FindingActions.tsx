import { useState } from "react"
import { Link } from "wouter"
import * as Orders from "../api/Orders.ts"
import * as Payments from "../api/Payments.ts"
import type { Finding } from "../api/Reconciliation.ts"
import * as Reconciliation from "../api/Reconciliation.ts"
import { shortId } from "../order/ShortId.ts"
import { storyPath } from "../Paths.ts"
import { useTexts } from "../texts/Language.ts"
import { words } from "../texts/Words.ts"
import { Confirm, type Question } from "../ui/Confirm.tsx"
import * as Notices from "../ui/Notices.tsx"
import { tellProblem } from "../ui/TellProblem.tsx"
import { paymentsTexts } from "./PaymentsTexts.ts"
import { reconciliationTexts } from "./ReconciliationTexts.ts"

type Remedy = Finding["remedy"]

/** What people can do about one finding, and what happens without them. */
export const FindingActions = ({ finding: { orderId, paymentId, remedy, settledBy }, onDone }: {
  readonly finding: Finding
  readonly onDone: () => Promise<void>
}) => {
  const texts = useTexts(reconciliationTexts)
  const payments = useTexts(paymentsTexts)
  const { payment: statuses } = useTexts(words)
  const [asked, setAsked] = useState<Question | null>(null)
  const [busy, setBusy] = useState(false)
  const short = shortId(orderId)

  const done = async (content: string) => {
    Notices.tell({ tone: "good", content })
    await onDone()
  }
  const inquire = async () => {
    if (busy) return
    setBusy(true)
    try {
      await done(payments.asked(short, statuses[(await Payments.inquire(paymentId)).status]))
    } catch (thrown) {
      tellProblem(thrown)
    } finally {
      setBusy(false)
    }
  }
  const questions: Readonly<Record<Exclude<Remedy, "inquire" | "look">, Question>> = {
    release: {
      title: texts.releaseTitle,
      explain: texts.releaseExplain,
      yes: texts.release,
      danger: true,
      act: async () => {
        await Reconciliation.release(paymentId)
        await done(texts.released(short))
      }
    },
    cancel: {
      title: texts.cancelTitle,
      explain: texts.cancelExplain,
      yes: texts.cancel,
      danger: true,
      text: { label: texts.reason, hint: texts.reasonHint, initial: texts.reasonInitial, max: 500 },
      act: async (reason) => {
        await Orders.cancel(orderId, reason)
        await done(texts.cancelled(short))
      }
    },
    acknowledge: {
      title: payments.acknowledgeTitle,
      explain: payments.acknowledgeExplain,
      yes: payments.acknowledge,
      text: { label: payments.note, hint: payments.noteHint, initial: "", max: 200 },
      act: async (note) => {
        await Payments.acknowledge(paymentId, note)
        await done(payments.acknowledged(short))
      }
    }
  }
  const names = { release: texts.release, cancel: texts.cancel, acknowledge: payments.acknowledge }
  const own = settledBy === "clerk"
  const hint = own ? texts.hints[remedy] : remedy === "inquire" ? texts.itself : texts.itselfOnly
  return (
    <>
      <p className="small">{hint}</p>
      <p className="line">
        {remedy === "look" ? null : (
          <button
            type="button"
            className="small-button"
            aria-label={payments.of(remedy === "inquire" ? payments.ask : names[remedy], short)}
            aria-disabled={busy}
            onClick={() => remedy === "inquire" ? void inquire() : setAsked(questions[remedy])}
          >
            {remedy === "inquire" ? payments.ask : names[remedy]}
          </button>
        )}
        <Link href={storyPath(orderId)} aria-label={payments.of(texts.story, short)}>{texts.story}</Link>
      </p>
      {asked === null ? null : <Confirm question={asked} onClose={() => setAsked(null)} />}
    </>
  )
}
