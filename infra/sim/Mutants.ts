/** All mutants. */
import type { Mutant } from "./Mutant.ts"
import { mutantsOfEngine } from "./MutantsOfEngine.ts"
import { mutantsOfMoney } from "./MutantsOfMoney.ts"
import { mutantsOfOrders } from "./MutantsOfOrders.ts"

export const mutants: ReadonlyArray<Mutant> = [...mutantsOfMoney, ...mutantsOfOrders, ...mutantsOfEngine]
