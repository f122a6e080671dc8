/** Every page: its path, and the code that draws it, loaded when it is first asked for. */
import { type ComponentType, lazy } from "react"
import { Board } from "./board/Board.tsx"
import { chaosPath, deliveriesPath, paymentsPath, placePath, systemPath } from "./Paths.ts"

const Story = lazy(async () => ({ default: (await import("./story/Story.tsx")).Story }))
const Deliveries = lazy(async () => ({
  default: (await import("./deliveries/DeliveriesPage.tsx")).DeliveriesPage
}))
const Place = lazy(async () => ({ default: (await import("./place/Place.tsx")).Place }))
const Payments = lazy(async () => ({ default: (await import("./payments/PaymentsPage.tsx")).PaymentsPage }))
const Chaos = lazy(async () => ({ default: (await import("./chaos/ChaosPage.tsx")).ChaosPage }))
const System = lazy(async () => ({ default: (await import("./system/SystemPage.tsx")).SystemPage }))

export interface PageEntry {
  readonly path: string
  readonly page: ComponentType
  /** Its name in the navigation, when it is there. */
  readonly nav?: "board" | "place" | "deliveries" | "payments" | "system" | "chaos"
}

export const pages: ReadonlyArray<PageEntry> = [
  { path: "/", page: Board, nav: "board" },
  { path: placePath, page: Place, nav: "place" },
  { path: deliveriesPath, page: Deliveries, nav: "deliveries" },
  { path: paymentsPath, page: Payments, nav: "payments" },
  { path: systemPath, page: System, nav: "system" },
  { path: chaosPath, page: Chaos, nav: "chaos" },
  { path: "/app/orders/:orderId", page: Story }
]
