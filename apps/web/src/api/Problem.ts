/** Why a request has no good answer: the server's own problem, or one that says that no answer came. */
import type { FieldError } from "@saucier/runtime/Problem"

export interface ProblemParts {
  readonly code: string
  readonly status?: number
  readonly title?: string
  readonly detail?: string
  readonly traceId?: string
  readonly errors?: ReadonlyArray<FieldError>
  /** Seconds after which a repeat makes sense. */
  readonly retryAfter?: number | null
}

export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly traceId: string
  readonly errors: ReadonlyArray<FieldError>
  readonly retryAfter: number | null

  constructor(
    { code, detail = "", errors = [], retryAfter = null, status = 0, title = "", traceId = "" }: ProblemParts
  ) {
    super(detail)
    this.code = code
    this.status = status
    this.title = title
    this.traceId = traceId
    this.errors = errors
    this.retryAfter = retryAfter
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

const text = (value: unknown): string => (typeof value === "string" ? value : "")

const isFieldError = (value: unknown): value is FieldError =>
  isRecord(value) && ["in", "pointer", "code", "message"].every((key) => typeof value[key] === "string")

export const ofResponse = async (response: Response): Promise<Problem> => {
  const seconds = Number(response.headers.get("retry-after"))
  const retryAfter = seconds > 0 ? seconds : null
  const body: unknown = await response.json().catch(() => null)
  if (!isRecord(body) || typeof body["code"] !== "string") {
    return new Problem({
      code: "unexpected",
      status: response.status,
      title: response.statusText,
      retryAfter
    })
  }
  const { code, detail, errors, title, traceId } = body
  return new Problem({
    code,
    status: response.status,
    title: text(title),
    detail: text(detail),
    traceId: text(traceId),
    errors: Array.isArray(errors) ? errors.filter(isFieldError) : [],
    retryAfter
  })
}

/** Of anything that was thrown while asking. */
export const ofThrown = (thrown: unknown): Problem => {
  if (thrown instanceof Problem) return thrown
  const timeout = thrown instanceof DOMException && thrown.name === "TimeoutError"
  return new Problem({ code: timeout ? "timeout" : "unreachable" })
}
