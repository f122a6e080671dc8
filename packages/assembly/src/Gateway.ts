/** The public face: the API over the cluster's entities, its documents, health, metrics and whatever pages it is given. */
import { WebhookSecrets } from "@saucier/payment/WebhookSecrets"
import * as Authentication from "@saucier/runtime/Authentication"
import * as DocsHttp from "@saucier/runtime/DocsHttp"
import * as HealthHttp from "@saucier/runtime/HealthHttp"
import * as HttpRuntime from "@saucier/runtime/HttpRuntime"
import * as MetricsHttp from "@saucier/runtime/MetricsHttp"
import * as ProblemTitles from "@saucier/runtime/ProblemTitles"
import * as ProcessMetrics from "@saucier/runtime/ProcessMetrics"
import * as Settings from "@saucier/runtime/Settings"
import * as SseStreams from "@saucier/runtime/SseStreams"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Api from "./Api.ts"
import * as ApiLive from "./ApiLive.ts"
import * as ApiTitles from "./ApiTitles.ts"
import * as Probes from "./Probes.ts"
import * as PulseForward from "./PulseForward.ts"
import * as PulseMeter from "./PulseMeter.ts"
import * as TraceForward from "./TraceForward.ts"

const webhookSecrets = Layer.effect(
  WebhookSecrets,
  Effect.map(Settings.Settings, ({ webhookSecrets }) => Redacted.value(webhookSecrets).map(Redacted.make))
)

/**
 * It hosts no entity: the cluster it is given may be this process or any number of others. An order waits up to six
 * seconds for an answer, so where actors move while it waits the drain must last longer than the server's own default.
 */
export const layer = <E, R>(
  pages: Layer.Layer<never, E, R>,
  options: Pick<HttpRuntime.Options, "drainDeadline" | "idlePatience"> = {}
) =>
  Layer.unwrapEffect(
    Effect.map(
      Settings.Settings,
      ({ httpHost: host, httpMaxConcurrent: maxConcurrent, httpPort: port }) =>
        HttpRuntime.serve({ ...options, host, port, maxConcurrent })
    )
  ).pipe(
    Layer.provide([HealthHttp.routes, MetricsHttp.routes, DocsHttp.routes, pages]),
    Layer.provide([ApiLive.layer, TraceForward.layer, PulseForward.layer]),
    Layer.provide([webhookSecrets, Authentication.layer, Probes.layer, PulseMeter.layer]),
    Layer.provide([
      ProblemTitles.layer(ApiTitles.titles),
      SseStreams.layer(),
      ProcessMetrics.layer({ version: Api.version })
    ])
  )
