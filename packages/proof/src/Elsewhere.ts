/** Rows that no report can try: why, what it would take, and the command that shows each instead. */
import type { ClaimId } from "./ClaimTextsEn.ts"

export interface Elsewhere {
  readonly why: { readonly en: string; readonly ko: string }
  readonly command: string
}

export const elsewhere: Readonly<Partial<Record<ClaimId, Elsewhere>>> = {
  "6.1": {
    why: {
      en:
        "It is about the repository's workflows, not about a running system; a runner of theirs would be needed. What can be read in them is checked.",
      ko:
        "돌아가는 시스템이 아니라 저장소의 워크플로에 관한 것이라 그 러너가 필요합니다. 읽어서 알 수 있는 것은 검사합니다."
    },
    command: "pnpm test:ci"
  },
  "7.1": {
    why: {
      en:
        "It is about the manifests, not about a running system; a Kubernetes cluster would be needed to see them run. Offline they are rendered and checked.",
      ko:
        "돌아가는 시스템이 아니라 매니페스트에 관한 것이라, 돌려 보려면 쿠버네티스가 필요합니다. 오프라인에서 만들어 검사합니다."
    },
    command: "pnpm test:k8s"
  },
  C8: {
    why: {
      en:
        "Alerts are rules that a Prometheus evaluates, for minutes on end: one would be needed beside the system.",
      ko: "경보는 Prometheus가 몇 분에 걸쳐 평가하는 규칙이라, 시스템 옆에 Prometheus가 필요합니다."
    },
    command: "pnpm test:alerts"
  }
}
