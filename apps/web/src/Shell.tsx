import { type ReactNode } from "react"
import { Link, useLocation } from "wouter"
import * as Feed from "./live/Feed.ts"
import { pages } from "./Pages.tsx"
import { usePrincipal, useSession } from "./session/Session.ts"
import { isFor } from "./session/Visible.ts"
import { You } from "./session/You.tsx"
import { shellTexts } from "./ShellTexts.ts"
import { useFormat } from "./texts/Format.ts"
import * as Language from "./texts/Language.ts"
import { Notices } from "./ui/Notices.tsx"
import * as Theme from "./ui/Theme.ts"
import "./Shell.css"

const names: Readonly<Record<Language.Language, string>> = { en: "English", ko: "한국어" }

const LiveChip = () => {
  const texts = Language.useTexts(shellTexts)
  const { clock } = useFormat()
  const liveness = Feed.useLiveness()
  const text = liveness._tag === "connecting" || liveness._tag === "live"
    ? texts.live[liveness._tag]
    : texts.live[liveness._tag](clock(new Date(liveness.since)))
  return (
    <p
      className="live"
      role="status"
      data-liveness={liveness._tag}
      title={liveness._tag === "stale" ? texts.staleHelp : ""}
    >
      {text}
    </p>
  )
}

const Choices = () => {
  const texts = Language.useTexts(shellTexts)
  const language = Language.useLanguage()
  const theme = Theme.useTheme()
  const take = <A extends string>(all: ReadonlyArray<A>, choose: (chosen: A) => void) => (value: string) => {
    const chosen = all.find((each) => each === value)
    if (chosen !== undefined) choose(chosen)
  }
  return (
    <div className="preferences">
      <select
        aria-label={texts.theme}
        value={theme}
        onChange={(event) => take(Theme.themes, Theme.choose)(event.target.value)}
      >
        {Theme.themes.map((each) => <option key={each} value={each}>{texts.themes[each]}</option>)}
      </select>
      <select
        aria-label={texts.language}
        value={language}
        onChange={(event) => take(Language.languages, Language.choose)(event.target.value)}
      >
        {Language.languages.map((each) => <option key={each} value={each} lang={each}>{names[each]}</option>)}
      </select>
    </div>
  )
}

const Navigation = () => {
  const texts = Language.useTexts(shellTexts)
  const [location] = useLocation()
  const principal = usePrincipal()
  return (
    <nav aria-label={texts.pages}>
      {pages.map(({ nav, path }) =>
        nav === undefined || !isFor(nav, principal)
          ? null
          : (
            <Link key={path} href={path} aria-current={location === path ? "page" : undefined}>
              {texts.nav[nav]}
            </Link>
          )
      )}
    </nav>
  )
}

/** What surrounds every page: name, navigation, how live it is, the reader's choices, notices. */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const locked = useSession()._tag === "locked"
  const texts = Language.useTexts(shellTexts)
  return (
    <>
      <a className="skip" href="#main">{texts.skip}</a>
      <header className="top">
        <Link href="/" className="brand">
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <span>Saucier</span>
        </Link>
        <Navigation />
        {locked ? null : <LiveChip />}
        <You />
        <Choices />
      </header>
      {children}
      <Notices />
    </>
  )
}
