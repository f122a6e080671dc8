import { ServiceUnavailable } from "@saucier/eventsourcing/Ask"
import type { ProviderFailure } from "./PaymentProvider.ts"

/** What people are told when the provider itself has to be asked, and does not tell. */
export const providerUnavailable = ({ detail }: ProviderFailure) =>
  new ServiceUnavailable({ service: "The payment provider", detail, retryAfter: 5 })
