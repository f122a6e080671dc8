import * as Engines from "../../readmodel/test/Engines.ts"
import { deliveryViewContract } from "./DeliveryViewContract.ts"

deliveryViewContract(Engines.sqlite)
deliveryViewContract(Engines.postgres())
