/** What the command line says in English; `TextsKo.ts` says the same in Korean. */
import { backupEn } from "./TextsBackupEn.ts"
import { reportEn } from "./TextsReportEn.ts"
import { tracesEn } from "./TextsTracesEn.ts"

export const en = {
  ...backupEn,
  ...reportEn,
  ...tracesEn,
  language: "en",
  summary: "Orders of sauces: placed, paid, delivered, watched",
  usageHint: "Run the command with --help to see what it takes.",
  bug: "This should not have happened. Please report what follows.",
  options: {
    url: "Where Saucier answers; else from SAUCIER_HTTP_HOST and SAUCIER_HTTP_PORT",
    urlInvalid: "--url takes an address such as http://127.0.0.1:8088",
    json: "For programs: JSON instead of text",
    positive: (name: string) => `--${name} takes a number above zero`,
    count: (name: string, most: number) => `--${name} takes a whole number from 0 to ${most}`,
    choice: (name: string, choices: string) => `--${name} takes one of: ${choices}`,
    path: (name: string) => `--${name} takes a path`
  },
  server: {
    unreachable: (url: string) =>
      `Nothing answers at ${url}.\nStart it with: pnpm start   (or say where it runs with --url)`,
    stranger: (url: string) => `What answers at ${url} is not Saucier, or not this version of it.`,
    keyWanted:
      "Put your key into SAUCIER_API_KEY. An operator makes one with: pnpm saucier key NAME --role operator",
    refused: (status: number, title: string, detail: string) => `${title} (${status}): ${detail}`
  },
  start: {
    about: "Run the whole system in this process, on SQLite",
    ready: "Saucier is running",
    dashboard: "Dashboard",
    docs: "API and its description",
    health: "Health",
    firstOrder: "Place the first order:",
    stop: "Ctrl-C stops it; what was acknowledged is kept.",
    noStore: (detail: string) =>
      `${detail}\nIf the folder is the right one, see whether Saucier already runs: pnpm saucier doctor`
  },
  key: {
    about: "Make a key for somebody who shall use a system that asks who they are",
    name: "What the events call them, such as shop-1",
    nameInvalid: "The name takes 1 to 64 letters, digits, dots, dashes and underscores",
    role:
      "What they may do: a branch orders and sees its own, a clerk payments, a dispatcher deliveries, an operator all",
    branch: "The branch's id, with --role branch",
    branchWithRole: "--branch belongs to --role branch, and that to it",
    branchInvalid: "--branch takes 1 to 64 letters, digits, dots, dashes and underscores",
    made: "The key. It is shown this once:",
    entry:
      "Put this into SAUCIER_AUTH_KEYS, beside what is there (divided by commas or lines), and start again:",
    use:
      "It is shown as `Authorization: Bearer <key>`; the command line takes it from SAUCIER_API_KEY, the page asks for it."
  },
  story: {
    about: "Tell what became of an order: every event, attempt, decision and stage, in time order",
    order: "The order's id, ord_…",
    unknown: (order: string) => `There is no order ${order}`,
    by: (actor: string) => `by ${actor}`,
    byPolicy: (policy: string) => `by the policy ${policy}`,
    on: (runner: string) => `on ${runner}`,
    breaker: { admitted: "let through by the breaker", refused: "refused by the breaker" },
    missing: (contexts: string) => `Not told, because they do not answer: ${contexts}`,
    traces: (ids: string) => `Traces: ${ids}`
  },
  cluster: {
    about: "Run every service in a process of its own, on PostgreSQL; or talk to a supervisor that does",
    count: (service: string) => `Processes of ${service}`,
    countInvalid: (service: string, most: number) => `${service} takes from 1 to ${most} processes`,
    printLogs: "Print what the processes print, too",
    autoscale: "Let the number of processes of gateway, order and payment follow their load",
    scaling: "Follow their load",
    starting: "Starting the database, the provider and the services...",
    ready: "All services are ready",
    logsIn: "Logs",
    service: "order, payment, delivery, dashboard or gateway",
    processes: "How many shall run",
    scale: "Change how many processes a service has",
    restart: "Replace the processes of a service one after the other, each when its successor is ready",
    stop: "Stop all processes of a service",
    start: "Start a service that was stopped",
    status: "Show the processes",
    logs: "Show what the processes have printed",
    follow: "Go on as they print more",
    noLogs: "There are no such logs.",
    none: "No supervisor runs on this data folder. Start one with: pnpm saucier cluster",
    oneWriter: (context: string, setting: string) =>
      `${context} is on SQLite, whose file takes one process. Run one of it, or give ${setting} a postgres:// address`,
    refusals: {
      "one-writer": "its database is on SQLite, which takes one process",
      fixed: "there is one of it",
      stopped: "none of it runs now; start it first",
      stopping: "the supervisor is about to end"
    },
    noDatabase: (detail: string) =>
      `PostgreSQL cannot be run in the data folder: ${detail}\n` +
      "Choose a folder that an ordinary user may reach with SAUCIER_DATA_DIR, or name a server with " +
      "SAUCIER_CLUSTER_DATABASE_URL and SAUCIER_{ORDER,PAYMENT,DELIVERY,DASHBOARD}_DATABASE_URL",
    misconfigured: (name: string) => `${name} refuses its settings; its log says which`,
    folderTaken:
      "Another supervisor runs on this data folder. Stop it, or choose another with SAUCIER_DATA_DIR",
    noFolder: (detail: string) => `The data folder cannot be used: ${detail}`,
    headers: ["process", "pid", "state", "shards", "orders/s", "MB", "restarts", "address"],
    states: {
      starting: "starting",
      ready: "ready",
      unready: "not ready",
      paused: "paused",
      stopping: "stopping",
      waiting: "waiting to restart",
      stopped: "stopped"
    },
    news: {
      started: (name: string, pid: number) => `${name} started (pid ${pid})`,
      ready: (name: string) => `${name} is ready`,
      unready: (name: string) => `${name} is not ready any more`,
      hung: (name: string) => `${name} hangs: killed`,
      ended: (name: string, how: string, seconds: string) => `${name} ended (${how}); again in ${seconds} s`,
      stopped: (name: string) => `${name} stopped`,
      forced: (name: string) => `${name} did not end in time: killed`,
      leftOver: (name: string) => `${name} was left by an earlier supervisor: ended`,
      scaled: (name: string, from: number, to: number) =>
        `${name} shall have ${to} ${to === 1 ? "process" : "processes"}, not ${from}`
    }
  },
  doctor: {
    about: "Find out what keeps Saucier from working, and what to do about it",
    node: "Node.js",
    nodeOld: (wanted: string) => `Install Node.js ${wanted} or newer`,
    native: "SQLite",
    nativeOk: "the native module works",
    nativeNext: "Run `pnpm rebuild better-sqlite3`; it may need python3, make and a C++ compiler",
    settings: "Settings",
    settingsOk: "all valid",
    settingMisspelt: (key: string, meant: string) => `${key} is not a setting; did you mean ${meant}?`,
    settingsNext: "Correct them in the environment, or unset them to get the defaults",
    data: "Data folder",
    dataOk: (folder: string) => `${folder} can be written`,
    dataFail: (folder: string) => `${folder} cannot be written`,
    dataNext: "Make it writable, or choose another with SAUCIER_DATA_DIR",
    disk: "Disk",
    diskFree: (gigabytes: string) => `${gigabytes} GB free`,
    diskUnknown: "the free space cannot be read",
    diskNext: "Make room: without it no order can be stored",
    port: "Address",
    portFree: (url: string) => `${url} is free; nothing runs there`,
    portOurs: (url: string) => `Saucier answers at ${url}`,
    portTaken: (url: string) => `another program answers at ${url}`,
    portSilent: (url: string) => `nothing answers at ${url}`,
    portStart: "Start it with: pnpm start",
    portNext: "Stop that program, or choose another port with SAUCIER_HTTP_PORT",
    ready: "Readiness",
    readyOk: "ready",
    readyNext: "See the log of the process for the reason",
    parked: "Parked events",
    parkedNone: "none",
    parkedSome: (count: number) => `${count} wait for you`,
    parkedUnknown: "they cannot be listed",
    parkedNext: "See them with: pnpm saucier parked list",
    clock: "Clock",
    clockOk: "plausible",
    clockSkew: (seconds: string) => `${seconds} s apart from the server`,
    clockPast: "it stands in the past",
    clockNext: "Synchronise the clock (NTP): the times of orders are taken from it"
  },
  reconcile: {
    about: "Compare orders, payments, deliveries and the provider's ledger, and show where they disagree",
    settle:
      "Also ask the provider again about each that disagrees, give back charges that nobody here knows, and cancel orders whose money went back",
    reading: "{value} entries read · {duration_formatted}",
    unreadable: (event: string) =>
      `${event} cannot be read: its books may be damaged, so nothing was compared`,
    headers: [
      "Order",
      "Disagreement",
      "Order says",
      "Payment says",
      "Delivery says",
      "Provider says",
      "Since",
      "Settled by"
    ],
    kinds: {
      "charged-twice": "charged more than once",
      "charged-unasked": "charged though never asked for",
      "amount-differs": "another amount was charged",
      "refunded-twice": "given back twice",
      "refund-differs": "another amount was given back",
      "refunded-live": "goods of an order whose money went back",
      "capture-missing": "the provider knows no such capture",
      "refund-missing": "the provider knows no such refund",
      "capture-unrecorded": "charged, but not recorded here",
      "refund-unrecorded": "refunded, but not recorded here",
      "refund-owed": "money of an ended order",
      "order-unpaid": "paid, but the order does not know yet",
      "paid-uncharged": "the order counts as paid, nothing was charged",
      "payment-unasked": "the payment was not requested yet",
      "outcome-open": "the provider has not told the outcome",
      "goods-unpaid": "goods left the house that nobody has paid for",
      "delivery-missing": "paid, and not prepared for delivery yet",
      "attention": "somebody has to look at the payment"
    },
    settlers: {
      "payment.request": "the next payment request, by itself",
      "payment.settle": "the next inquiry, by itself",
      "payment.release": "the release of the payment, by itself",
      "order.payment": "the order's next event, by itself",
      "delivery.prepare": "the preparation of the delivery, by itself",
      "clerk": "a person: see GET /payments/{id}"
    },
    more: (count: number) => `… and ${count} more (--json shows all)`,
    strangers: (count: number) => `${count} lines of the ledger are no payments of ours`,
    sums: ["Currency", "Live orders", "Captured", "Refunded", "Held", "Difference"],
    agree: (count: number) =>
      `${count} payment${count === 1 ? "" : "s"}: orders, payments and the provider's ledger agree`,
    young: (count: number) => `${count} disagree, none for longer than a minute: they are being settled`,
    old: (count: number) => `${count} disagree for longer than a minute`,
    unexplained: "What is held is not what the live orders are worth, and no single payment explains it",
    unasked: (paymentId: string) => `${paymentId}: there is no such payment here`,
    released: (paymentId: string) => `${paymentId}: nobody here knows it, so the money went back`,
    cancelled: (orderId: string) => `${orderId}: cancelled, since its money had gone back`,
    asked: (paymentId: string, status: string) => `${paymentId}: asked the provider, now ${status}`
  },
  provider: {
    about: "The stand-in payment provider",
    preset: "Show how it behaves, or switch it",
    name: "How it shall behave",
    rate: "Of how many charges the reply is lost after the capture, from 0 to 1",
    rateInvalid: "--lost-reply-rate must be a share from 0 to 1, such as 0.01",
    nameInvalid: (name: string, known: string) => `NAME takes one of: ${known}. There is no "${name}"`,
    nameMissing:
      "--lost-reply-rate needs the name of a preset, such as: preset healthy --lost-reply-rate 0.01",
    loses: (percent: number) => `and ${percent} % of its replies to a charge are lost`,
    presets: {
      "instant": "answers at once",
      "healthy": "answers within 100 to 700 ms",
      "seed": "answers within 400 to 700 ms",
      "brownout": "answers within 600 to 900 ms",
      "slow": "answers within 900 to 1500 ms",
      "down": "refuses the connection",
      "decline": "declines every card",
      "hang": "answers after 30 s",
      "lost-reply": "captures, then the connection breaks",
      "duplicate-webhook": "sends its webhooks twice, late and out of order"
    }
  },
  events: {
    about: "Read what has happened",
    tail: "Show the newest events",
    export: "Write all events as JSON lines, one context after the other",
    context: "Only this context",
    follow: "Go on with what happens from now on",
    lines: "How many of the newest events to show",
    output: "File to write; the terminal or pipe if absent",
    progress: "{value} events · {duration_formatted}",
    written: (count: number, file: string) => `${count} events written to ${file}`,
    unwritable: (file: string, detail: string) => `${file} cannot be written: ${detail}`
  },
  dashboard: {
    about: "Operate the dashboard's read model",
    rebuild: "Build the read model anew from the events; the old one serves meanwhile",
    progress: "{bar} {value} events · {duration_formatted}",
    done: (events: number, changed: number, seconds: string) =>
      `Rebuilt from ${events} events in ${seconds} s; ${changed} rows came out otherwise`,
    failed: (detail: string) => `The rebuild failed: ${detail}`
  },
  parked: {
    about: "Events that a subscription could not handle and set aside",
    list: "List them",
    retry: "Handle them again, from the one that failed",
    skip: "Drop the one that failed and go on with those behind it",
    subscription: "The subscription's name, as `parked list` shows it",
    stream: "The stream's id, as `parked list` shows it",
    all: "All that is parked",
    none: "Nothing is parked.",
    headers: ["context", "subscription", "stream", "event", "behind", "tries", "since", "error"],
    which: "Say which: SUBSCRIPTION STREAM, or --all",
    whichOne: "Say which: SUBSCRIPTION STREAM",
    unknown: (subscription: string, stream: string) => `${subscription} has parked nothing of ${stream}.`,
    asked: { retry: "will be tried again", skip: "will be skipped" }
  },
  load: {
    about: "Place orders at a steady rate, whatever the answers, and check that nothing was lost or doubled",
    rate: "Orders a second",
    seconds: "How long",
    connections: "Connections at most",
    settle: "Seconds to wait for payment, delivery and the dashboard afterwards",
    placing: "placing  {bar} {value}/{total} orders · {answered} answered · {late}",
    checking: "checking {bar} {value}/{total} orders",
    waiting: (count: number) => `${count} waiting`,
    latency: "Latency from the intended time of each order, ms",
    answers: "Answers",
    achieved: (achieved: string, wanted: string) => `${achieved} orders/s answered, ${wanted} wanted`,
    timeout: "no answer in time",
    broken: "connection failed",
    holds: (orders: number, paid: number) =>
      `All holds: ${orders} acknowledged orders found, ${paid} paid, each with one capture, one delivery and the same row.`,
    violated: (count: number) => `${count} violations:`,
    more: (count: number) => `... and ${count} more (--json lists all)`,
    reasons: {
      lost: "acknowledged, but it is not there",
      unsettled: "its payment is still not decided",
      unpaid: "answered 201, but it is not paid",
      captures: "it has not exactly one capture",
      amount: "another amount than its price was captured",
      deliveries: "it has not exactly one delivery",
      goods: "its delivery has other goods than it",
      row: "its row in the dashboard differs from it",
      kept: "refused, but its money was kept"
    }
  }
}
export type Texts = typeof en
