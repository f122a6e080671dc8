import { type ReactNode, Suspense } from "react"
import { Link, Route, Switch, useLocation } from "wouter"
import { Fault } from "./Fault.tsx"
import { pages } from "./Pages.tsx"
import { Login } from "./session/Login.tsx"
import { useSession } from "./session/Session.ts"
import { Shell } from "./Shell.tsx"
import { shellTexts } from "./ShellTexts.ts"
import { useTexts } from "./texts/Language.ts"
import { Page } from "./ui/Page.tsx"
import { Loading } from "./ui/Trouble.tsx"

const NotFound = () => {
  const { notFound, toBoard } = useTexts(shellTexts)
  return (
    <Page title={notFound}>
      <p>
        <Link href="/">{toBoard}</Link>
      </p>
    </Page>
  )
}

const Waiting = () => (
  <main id="main">
    <Loading />
  </main>
)

/** The pages, for those who may read them. */
const Guarded = ({ children }: { readonly children: ReactNode }) => {
  const { _tag } = useSession()
  return _tag === "open" ? children : _tag === "locked" ? <Login /> : <Waiting />
}

/** The page that the address names, within what all share. */
export const App = () => {
  const [location] = useLocation()
  return (
    <Shell>
      <Fault key={location}>
        <Guarded>
          <Suspense fallback={<Waiting />}>
            <Switch>
              {pages.map(({ page, path }) => <Route key={path} path={path} component={page} />)}
              <Route>
                <NotFound />
              </Route>
            </Switch>
          </Suspense>
        </Guarded>
      </Fault>
    </Shell>
  )
}
