import { type ReactNode, useEffect, useRef } from "react"

/** False until the reader has gone from one page to another: the first page takes no focus. */
let arrived = false

/** A page with its heading, which takes the focus when the reader comes from another page. */
export const Page = (
  { actions, children, title, unseen = false }: {
    readonly title: string
    readonly children: ReactNode
    /** What can be done on the page, beside its heading. */
    readonly actions?: ReactNode
    /** The heading is for screen readers and the window's title only. */
    readonly unseen?: boolean
  }
) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Saucier`
  }, [title])
  useEffect(() => {
    if (arrived) {
      heading.current?.focus({ preventScroll: true })
      window.scrollTo(0, 0)
    }
    arrived = true
  }, [])
  const headline = <h1 ref={heading} tabIndex={-1} className={unseen ? "unseen" : ""}>{title}</h1>
  return (
    <main id="main" className="stack">
      {unseen ? headline : <div className="line">{headline}{actions}</div>}
      {children}
    </main>
  )
}
