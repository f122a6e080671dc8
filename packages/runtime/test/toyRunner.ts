/** A service of toys, as a process. */
import * as Cluster from "@saucier/runtime/Cluster"
import * as Service from "@saucier/runtime/Service"
import * as Layer from "effect/Layer"
import { group, ToyEntityLive } from "./ToyEntity.ts"

Service.http({ version: "1" }).pipe(
  Layer.provide(ToyEntityLive),
  Layer.provide(Cluster.runner(group, [group])),
  Service.run(group)
)
