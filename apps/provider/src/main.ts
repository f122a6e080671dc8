import * as Logs from "@saucier/runtime/Logs"
import * as Main from "@saucier/runtime/Main"
import * as TurnScheduler from "@saucier/runtime/TurnScheduler"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Provider from "./Provider.ts"
import * as Welcome from "./Welcome.ts"

Welcome.layer.pipe(
  Layer.provide(Provider.layer),
  Layer.launch,
  Effect.withScheduler(TurnScheduler.scheduler),
  Main.run(Logs.layer("provider"))
)
