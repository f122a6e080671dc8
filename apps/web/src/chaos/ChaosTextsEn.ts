import type { Preset } from "../api/Chaos.ts"

const preset = {
  instant: { name: "Instant", explain: "Answers at once." },
  healthy: { name: "Healthy", explain: "Answers within 100 to 700 ms." },
  seed: { name: "Steady", explain: "Answers within 400 to 700 ms." },
  brownout: {
    name: "Brownout",
    explain: "Answers within 600 to 900 ms, too slow too often: the breaker opens."
  },
  slow: { name: "Slow", explain: "Answers within 900 to 1,500 ms." },
  down: { name: "Down", explain: "Refuses every connection." },
  decline: { name: "Declining", explain: "Says no to every card." },
  hang: { name: "Hanging", explain: "Takes the call and is silent for 30 s." },
  "lost-reply": { name: "Lost reply", explain: "Takes the money, then the connection breaks." },
  "duplicate-webhook": { name: "Double webhook", explain: "Tells of everything twice." }
} satisfies Record<Preset, unknown>

export const en = {
  title: "Chaos",
  lead:
    "Break something and watch the counters: they are promised to stay 0. Whatever is begun here ends by itself.",
  failed: "The chaos desk could not be reached.",
  lasts: "Lasts",
  counters: "What the promises come to",
  counter: {
    lost: { name: "Lost", means: "acknowledged, and not in the log" },
    doubled: { name: "Doubled", means: "charged, refunded or prepared more than once" },
    unordered: { name: "Charged without an order", means: "charged, and nobody ordered" },
    settling: { name: "Settling", means: "Not decided, prepared or refunded yet. 0 a minute after healing." }
  },
  of: {
    acknowledged: (count: string) => `of ${count} acknowledged`,
    orders: (count: string) => `of ${count} orders`,
    charges: (count: string) => `of ${count} charges`
  },
  reading: "reading the logs",
  asOf: (clock: string) => `as of ${clock}`,
  underWay: "Under way",
  nothing: "Nothing is broken at the moment.",
  running: (count: string) => `${count} at once`,
  phase: { beginning: "beginning", ending: "ending" },
  left: (time: string) => `${time} left`,
  untilReady: "until its service is ready again",
  end: "End",
  endOne: (name: string) => `End: ${name}`,
  endAll: "End all",
  past: (count: string) => `Over (${count})`,
  holds: "Must hold",
  verdict: { reading: "being checked", holds: "no breach so far", broken: "broken" },
  meanwhile: "Meanwhile",
  guarantee: {
    P1: "nothing lost",
    P2: "charged once",
    P3: "delivered once",
    P4: "refunded once",
    P5: "one writer",
    P6: "each effect once",
    P7: "reads never go back",
    P8: "the board catches up",
    P9: "every order ends",
    P10: "no failed request"
  },
  symptom: {
    slow: "slower answers",
    pending: "202, paid later",
    declined: "402, card refused",
    busy: "429, too much at once",
    refused: "503, nobody charged",
    unreachable: "broken connections",
    "late-delivery": "late deliveries",
    "late-dashboard": "a late board"
  },
  load: "Orders",
  loadExplain: "Placed by this machine at a steady rate, whether answers come or not.",
  rate: (count: string) => `${count} a second`,
  rateExplain: {
    1: "Somebody orders now and then.",
    10: "A good evening.",
    100: "More than one process takes on two cores: some are told to come back."
  },
  sent: (sent: string, answered: string) => `${sent} sent, ${answered} answered`,
  unanswered: { timeout: "no answer", broken: "broken off" },
  bank: "Bank",
  bankExplain: "How the stand-in provider behaves.",
  presetNow: (name: string) => `Now: ${name}`,
  preset,
  processes: "Processes",
  processesExplain: "A process that goes comes back; meanwhile its shards live elsewhere.",
  oneProcess: "All is one process here, so there is none to strike alone.",
  service: {
    gateway: "Gateway",
    order: "Order",
    payment: "Payment",
    delivery: "Delivery",
    dashboard: "Dashboard",
    provider: "Bank (stand-in)",
    postgres: "Database (PostgreSQL)"
  },
  gone: "none runs",
  state: {
    ready: "ready",
    starting: "starting",
    unready: "not ready",
    paused: "paused",
    stopping: "stopping",
    waiting: "about to start"
  },
  acts: {
    kill: "Kill -9",
    pause: "Pause",
    stop: "Stop all",
    scale: (processes: string) => `Scale to ${processes}`
  },
  strikes: {
    preset: (name: string) => `Bank: ${name}`,
    load: (rate: string) => `${rate} orders a second`,
    process: (act: string, process: string) => `${act}: ${process}`
  }
}
