/** Programs that are built once from the Go modules that are pinned beside this file. */
import * as GoProgram from "../services/GoProgram.ts"

const packages = {
  kustomize: "sigs.k8s.io/kustomize/kustomize/v5",
  actionlint: "github.com/rhysd/actionlint/cmd/actionlint"
} as const

export const program = (name: keyof typeof packages) =>
  GoProgram.find({
    folder: "../tools",
    package: packages[name],
    variable: `SAUCIER_${name.toUpperCase()}`
  })
