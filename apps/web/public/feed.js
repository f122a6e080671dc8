/**
 * The live stream of changed rows, and an honest word on whether it is alive. A browser does not show a page the
 * stream's heartbeats, so a quiet stream is checked by asking for the counts: if they moved without us, it is dead.
 */
const staleAfter = 15_000
const quietFor = 15_000
const hiddenFor = 30_000

/**
 * - `refresh` reads what may have been missed; only once it succeeds are we live.
 * - `unchanged` asks the server whether anything moved since it was last asked.
 */
export const follow = ({ onRow, onStatus, refresh, unchanged }) => {
  let source = null
  let lastId = ""
  let heardAt = Date.now()
  let status = { name: "connecting", since: heardAt }
  let staleTimer = 0
  let retryTimer = 0
  let hiddenTimer = 0

  const become = (name, since) => {
    status = { name, since }
    onStatus(status)
  }

  const lost = (since) => {
    if (status.name === "reconnecting" || status.name === "stale") return
    become("reconnecting", since)
    clearTimeout(staleTimer)
    staleTimer = setTimeout(() => {
      if (status.name === "reconnecting") become("stale", since)
    }, staleAfter)
  }

  const stop = () => {
    clearTimeout(retryTimer)
    source?.close()
    source = null
  }

  const retry = () => {
    stop()
    retryTimer = setTimeout(open, 2_000 + Math.random() * 2_000)
  }

  const opened = async (own) => {
    const complete = await refresh()
    if (own !== source) return
    if (!complete) return retry()
    clearTimeout(staleTimer)
    heardAt = Date.now()
    if (own.readyState === EventSource.OPEN) become("live", heardAt)
  }

  const open = () => {
    stop()
    const own = new EventSource(lastId === "" ? "/feed" : `/feed?lastEventId=${encodeURIComponent(lastId)}`)
    source = own
    own.addEventListener("open", () => opened(own))
    own.addEventListener("order", (event) => {
      lastId = event.lastEventId
      heardAt = Date.now()
      onRow(JSON.parse(event.data))
    })
    own.addEventListener("bye", () => lost(Date.now()))
    own.addEventListener("error", () => {
      if (own !== source) return
      lost(Date.now())
      // The browser comes back by itself unless it was refused outright.
      if (own.readyState === EventSource.CLOSED) retry()
    })
  }

  const check = async () => {
    if (status.name !== "live" || Date.now() - heardAt < quietFor) return
    const before = heardAt
    const same = await unchanged().catch(() => null)
    if (heardAt > before || status.name !== "live") return
    if (same === true) {
      heardAt = Date.now()
      return
    }
    if (same === false) await new Promise((resolve) => setTimeout(resolve, 3_000))
    if (heardAt > before || status.name !== "live") return
    lost(before)
    retry()
  }
  setInterval(check, 5_000)

  addEventListener("online", () => {
    if (status.name !== "live") open()
  })
  // A browser has six connections for one origin: tabs that nobody sees give theirs back.
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiddenTimer)
    if (document.hidden) {
      hiddenTimer = setTimeout(() => {
        stop()
        become("paused", Date.now())
      }, hiddenFor)
    } else if (status.name === "paused") {
      lost(status.since)
      open()
    } else check()
  })
  open()
}
