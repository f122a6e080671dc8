import { defineConfig } from "vite"

/** Where a server with the API runs, for `pnpm --filter @saucier/app-web dev`. */
const server = "http://127.0.0.1:8088"
const api =
  "^/(orders|orderDashboards|counts|payments|deliveries|traces|feed|ops|metrics|readyz|docs|openapi)"

/** In hexadecimal a hash of this length holds a digit, which is how the server knows that a name is hashed. */
const hashed = "assets/[name]-[hash:16]"

export default defineConfig({
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    // Nothing inline: the content security policy allows files of this origin only.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        hashCharacters: "hex",
        entryFileNames: `${hashed}.js`,
        chunkFileNames: `${hashed}.js`,
        assetFileNames: `${hashed}[extname]`
      }
    }
  },
  server: { proxy: { [api]: { target: server } } }
})
