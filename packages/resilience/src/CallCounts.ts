/** Calls that count, how many of them failed, and how many were slow whether they failed or not. */
export interface CallCounts {
  readonly calls: number
  readonly failures: number
  readonly slow: number
}

export const none: CallCounts = { calls: 0, failures: 0, slow: 0 }

export const add = (counts: CallCounts, failed: boolean, slow: boolean): CallCounts => ({
  calls: counts.calls + 1,
  failures: counts.failures + Number(failed),
  slow: counts.slow + Number(slow)
})

/** Without calls both rates are zero. */
export const failureRate = (counts: CallCounts): number =>
  counts.calls === 0 ? 0 : counts.failures / counts.calls

export const slowRate = (counts: CallCounts): number => counts.calls === 0 ? 0 : counts.slow / counts.calls
