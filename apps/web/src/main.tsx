import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { App } from "./App.tsx"
import * as Feed from "./live/Feed.ts"
import * as Session from "./session/Session.ts"
import * as Language from "./texts/Language.ts"
import * as Theme from "./ui/Theme.ts"
import "./ui/Tokens.css"
import "./ui/Base.css"
import "./ui/Controls.css"

Theme.start()
Language.start()
Session.whenOpen(Feed.start)
void Session.start()

const root = document.getElementById("page")
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>
  )
}
