/** A process of its own for the drain's test: says its address, then serves until it is told to stop. */
import * as HttpRuntime from "@saucier/runtime/HttpRuntime"
import * as Logs from "@saucier/runtime/Logs"
import * as Main from "@saucier/runtime/Main"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { served } from "./Served.ts"

/** Closed after the server, as a store would be. */
const store = Layer.scopedDiscard(Effect.addFinalizer(() => Console.log("store closed")))
const announce = Layer.effectDiscard(Effect.flatMap(HttpRuntime.HttpAddress, ({ url }) => Console.log(url)))

Main.run(Logs.layer("toy"))(Layer.launch(announce.pipe(Layer.provide(served()), Layer.provide(store))))
