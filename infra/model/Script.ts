/** A run as a script that a person can replay: the same calls by curl, each with what was expected and what came. */
import { bodyOf, type Command, type Mood, noSuffix } from "./Model.ts"
import { differs, type Step, textOf } from "./Subject.ts"

const json = (body: unknown) => `-H 'content-type: application/json' -d '${JSON.stringify(body)}'`

const behave = (mood: Mood) =>
  `curl -s -o /dev/null -X PUT "$base/ops/provider/preset" ${json({ preset: mood })}`

const call = (parameters: string) => `curl -s -w ' %{http_code}\\n' ${parameters}`

/** The order's id is taken from the answer, also from one that refuses. */
const place = (slot: number, body: unknown, mood: Mood) => [
  behave(mood),
  `answer=$(${call(`"$base/orders" -H "idempotency-key: $run-${slot}" ${json(body)}`)}); echo "$answer"`,
  `id=$(echo "$answer" | grep -o 'ord_[0-9a-z]\\{26\\}' | head -n 1); order${slot}=\${id#ord_}`,
  behave("instant")
]

const callsOf = (command: Command, first: ReadonlyMap<number, unknown>): ReadonlyArray<string> => {
  const suffix = `\${order${command.slot}:-${noSuffix}}`
  switch (command._tag) {
    case "Place":
      return place(command.slot, bodyOf(command), command.mood)
    case "PlaceAgain":
      return place(command.slot, first.get(command.slot), command.mood)
    case "Cancel":
      return [call(`"$base/orders/ord_${suffix}/cancel" ${json({ reason: "a test" })}`)]
    case "Advance":
      return [call(`-X PATCH "$base/deliveries/dlv_${suffix}" ${json({ status: command.step })}`)]
    case "Inquire":
      return [call(`-X POST "$base/payments/pay_${suffix}/inquire"`)]
  }
}

const looks = (slot: number) =>
  ["orders/ord", "payments/pay", "deliveries/dlv"].map((path) =>
    call(`"$base/${path}_\${order${slot}:-${noSuffix}}"`)
  )

/** `sh script.sh [base]`, with a system that `pnpm start` has started. */
export const of = (steps: ReadonlyArray<Step>): string => {
  const first = new Map<number, unknown>()
  const lines = steps.flatMap((step, index) => {
    const { command, expected, seen } = step
    if (command._tag === "Place" && !first.has(command.slot)) first.set(command.slot, bodyOf(command))
    const wrong = differs(step)
    return [
      "",
      `echo '# ${index + 1}. ${command._tag}: expected ${textOf(expected)}'`,
      ...(wrong ? [`echo '#    but it was ${textOf(seen)}'`] : []),
      ...callsOf(command, first),
      ...(wrong ? ["sleep 5", ...looks(command.slot)] : ["sleep 0.5"])
    ]
  })
  return [
    "#!/bin/sh",
    "# What the model did not expect. Start a system with: SAUCIER_PROVIDER_PRESET=instant pnpm start",
    "base=${1:-http://127.0.0.1:8088}",
    "run=replay-$(date +%s)-$$",
    ...lines,
    ""
  ].join("\n")
}
