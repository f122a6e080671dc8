import { Component, type ReactNode } from "react"
import { shellTexts } from "./ShellTexts.ts"
import { language } from "./texts/Language.ts"

/** In place of a page whose code failed, so that the rest of it stays. */
export class Fault extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    const { broken, reload } = shellTexts[language()]
    return (
      <main id="main">
        <div className="blank card" role="alert">
          <p>{broken}</p>
          <button type="button" onClick={() => location.reload()}>{reload}</button>
        </div>
      </main>
    )
  }
}
