import { useTexts } from "../texts/Language.ts"
import * as Session from "./Session.ts"
import { sessionTexts } from "./SessionTexts.ts"
import "./Session.css"

/** Who reads, and the way out. Nothing where nobody had to say. */
export const You = () => {
  const texts = useTexts(sessionTexts)
  const principal = Session.usePrincipal()
  if (principal === null || principal.name === null) return null
  return (
    <p className="you">
      <span>{texts.you(principal.name, texts.roles[principal.role])}</span>
      <button type="button" onClick={() => void Session.close()}>{texts.leave}</button>
    </p>
  )
}
