/** The stand-in provider as a process of its own, with a ledger that survives power loss. */
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as SqliteStore from "@saucier/eventstore-sql/SqliteStore"
import * as LedgerPages from "@saucier/provider/LedgerPages"
import * as Presets from "@saucier/provider/Presets"
import * as ProviderWebhooksHttp from "@saucier/provider/ProviderWebhooksHttp"
import * as StandIn from "@saucier/provider/StandIn"
import { ExitCode } from "@saucier/runtime/ExitCode"
import * as ProcessMetrics from "@saucier/runtime/ProcessMetrics"
import * as Telemetry from "@saucier/runtime/Telemetry"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import { join } from "node:path"
import * as BankListener from "./BankListener.ts"
import * as ControlListener from "./ControlListener.ts"
import * as ProviderSettings from "./ProviderSettings.ts"

class NoLedger extends Data.TaggedError("NoLedger")<{
  readonly message: string
  readonly exitCode: ExitCode
}> {}

const withSettings = <A, E, R>(
  make: (settings: typeof ProviderSettings.ProviderSettings.Service) => Layer.Layer<A, E, R>
) => Layer.unwrapEffect(Effect.map(ProviderSettings.ProviderSettings, make))

const store = withSettings(({ dataDir }) =>
  SqliteStore.layer({ filename: join(dataDir, "provider.db"), name: "provider", synchronous: "FULL" }).pipe(
    Layer.catchAll(({ message }) => Layer.fail(new NoLedger({ exitCode: ExitCode.unavailable, message })))
  )
)

const presets = withSettings(({ lostReplyRate, preset }) => Presets.layer(preset, lostReplyRate))

const webhooks = withSettings(({ webhookSecret, webhookUrl: url }) =>
  url === undefined || webhookSecret === undefined
    ? Layer.empty
    : ProviderWebhooksHttp.layer({ url, secrets: ProviderSettings.secretsOf(webhookSecret) })
)

const seeded = withSettings(({ seed }) =>
  seed === undefined ? Layer.empty : Layer.setRandom(Random.make(seed))
)

const bank = withSettings(({ capacity, waiting }) => StandIn.layerWith({ capacity, waiting }))

/** Of the stand-in, whatever Saucier it plays for. */
const version = "1.0.0"

export const layer = ControlListener.layer.pipe(
  Layer.provide(ProcessMetrics.layer({ version })),
  Layer.provideMerge(BankListener.layer),
  Layer.provide(Layer.merge(bank, LedgerPages.layer)),
  Layer.provide(webhooks),
  Layer.provideMerge(presets),
  Layer.provide(store),
  Layer.provide(seeded),
  Layer.provide(ProviderSettings.layer),
  Layer.provide(Telemetry.layer("provider")),
  Layer.provide([NodeContext.layer, NodeHttpServer.layerContext, NodeHttpClient.layerUndici])
)
