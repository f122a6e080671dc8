/** The chaos desk on a supervisor's control address, for whoever may read the supervisor's file. */
import * as HttpApi from "@effect/platform/HttpApi"
import { OwnerOnly } from "@saucier/runtime/SupervisorHttp"
import { ChaosHttp } from "./ChaosHttp.ts"

export const ChaosControlGroup = ChaosHttp.middleware(OwnerOnly)

export const ChaosControl = HttpApi.make("chaos-control").add(ChaosControlGroup)
