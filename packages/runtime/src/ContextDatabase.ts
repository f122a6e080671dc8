import * as Effect from "effect/Effect"
import type { DatabaseUrl } from "./DatabaseUrl.ts"
import { Settings } from "./Settings.ts"

/** Where each context's database is set. */
const settings = {
  order: "orderDatabase",
  payment: "paymentDatabase",
  delivery: "deliveryDatabase",
  dashboard: "dashboardDatabase"
} as const

export type Context = keyof typeof settings

export const isContext = (name: string): name is Context => name in settings

export const settingOf = (context: Context) => `SAUCIER_${context.toUpperCase()}_DATABASE_URL`

export const of = (context: Context): Effect.Effect<DatabaseUrl, never, Settings> =>
  Effect.map(Settings, (all) => all[settings[context]])
