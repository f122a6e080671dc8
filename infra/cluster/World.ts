/** The cluster under trial, with the program of this checkout. */
import * as Ask from "@saucier/proof/Ask"
import * as Cluster from "@saucier/proof/Cluster"
import * as Poll from "@saucier/proof/Poll"
import { Program } from "@saucier/proof/Program"
import * as Provider from "@saucier/proof/Provider"
import * as Effect from "effect/Effect"
import { fileURLToPath } from "node:url"

export const program = fileURLToPath(new URL("../../apps/saucier/bin/saucier.js", import.meta.url))

export const services = Cluster.services
export type World = Cluster.Cluster

export const start = (options: Cluster.Options = {}) =>
  Effect.provideService(Cluster.start(options), Program, program)

export const refused = (options: Cluster.Options) =>
  Effect.provideService(Cluster.refused(options), Program, program)

export const until = Poll.until

export const ask = (url: string, method = "GET", body?: unknown) =>
  Ask.ask(url, body === undefined ? { method } : { method, body })

export const behave = ({ base }: Pick<World, "base">, preset: Parameters<typeof Provider.behave>[1]) =>
  Provider.behave(base, preset)
