/**
 * HystrixCircuitBreakerImpl of Hystrix 1.5, line by line, with the health counts of HystrixCommandMetrics as one list.
 * Its snapshot of the counts is taken after every call here; the original takes one every 500 ms.
 */
export interface HystrixSettings {
  readonly requestVolumeThreshold: number
  readonly errorThresholdPercentage: number
  readonly sleepWindow: number
  readonly rollingWindow: number
  readonly buckets: number
}

export class Hystrix {
  status: "CLOSED" | "OPEN" | "HALF_OPEN" = "CLOSED"
  circuitOpened = -1
  calls: Array<{ readonly at: number; readonly failed: boolean }> = []
  readonly settings: HystrixSettings

  constructor(settings: HystrixSettings) {
    this.settings = settings
  }

  onSnapshot(now: number): void {
    const { buckets, errorThresholdPercentage, requestVolumeThreshold, rollingWindow } = this.settings
    const bucket = rollingWindow / buckets
    const oldest = Math.floor(now / bucket) - buckets
    const held = this.calls.filter(({ at }) => Math.floor(at / bucket) > oldest)
    const errors = held.filter(({ failed }) => failed).length
    const errorPercentage = held.length === 0 ? 0 : Math.floor((errors / held.length) * 100)
    if (held.length < requestVolumeThreshold || errorPercentage < errorThresholdPercentage) return
    if (this.status === "CLOSED") {
      this.status = "OPEN"
      this.circuitOpened = now
    }
  }

  attemptExecution(now: number): boolean {
    if (this.circuitOpened === -1) return true
    if (now <= this.circuitOpened + this.settings.sleepWindow || this.status !== "OPEN") return false
    this.status = "HALF_OPEN"
    return true
  }

  markSuccess(now: number): void {
    this.calls.push({ at: now, failed: false })
    if (this.status === "HALF_OPEN") {
      this.status = "CLOSED"
      this.calls = []
      this.circuitOpened = -1
    }
    this.onSnapshot(now)
  }

  markNonSuccess(now: number): void {
    this.calls.push({ at: now, failed: true })
    if (this.status === "HALF_OPEN") {
      this.status = "OPEN"
      this.circuitOpened = now
    }
    this.onSnapshot(now)
  }
}
