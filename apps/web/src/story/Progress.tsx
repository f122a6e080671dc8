import type { Row } from "../api/Dashboard.ts"
import { useTexts } from "../texts/Language.ts"
import { storyTexts } from "./StoryTexts.ts"

const stages = ["Registered", "Paid", "Preparing", "Dispatched", "Delivered"] as const

/** How many of the stages an order has passed, by what is known of it. */
const reached = ({ deliveryStatus, orderStatus, paymentStatus }: Row): number => {
  if (deliveryStatus === "Delivered") return 5
  if (deliveryStatus === "Dispatched" || deliveryStatus === "Failed" || deliveryStatus === "Replanned") {
    return 4
  }
  if (deliveryStatus === "Preparing") return 3
  return paymentStatus === "Captured" || orderStatus === "Paid" ? 2 : 1
}

/** How far an order that goes well has come. */
export const Progress = ({ row }: { readonly row: Row }) => {
  const texts = useTexts(storyTexts)
  if (row.state === "Cancelled" || row.state === "Rejected" || row.deliveryStatus === "Returned") return null
  const passed = reached(row)
  return (
    <ol className="stages" aria-label={texts.progress}>
      {stages.map((stage, index) => (
        <li
          key={stage}
          data-reached={index < passed}
          aria-current={index === passed - 1 ? "step" : undefined}
        >
          {texts.stages[stage]}
        </li>
      ))}
    </ol>
  )
}
