/** `pnpm test:crash`: the process dies at every point, on both sides, and comes back. */
import { kills } from "./Kills.ts"
import { points } from "./Points.ts"

kills(points)
