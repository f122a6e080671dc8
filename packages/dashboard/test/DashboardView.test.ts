import { sqlite } from "../../readmodel/test/Engines.ts"
import { dashboardRebuildContract } from "./DashboardRebuildContract.ts"
import { dashboardViewContract } from "./DashboardViewContract.ts"

dashboardViewContract(sqlite)
dashboardRebuildContract(sqlite)
